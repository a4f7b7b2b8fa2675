# Starts the server once, sends it a health check and a call, and stops it: Node.js then writes what it compiled to NODE_COMPILE_CACHE.
set -eu
node dist/cli.js serve --log json 2>/dev/null &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
  if node dist/cli.js healthcheck; then break; fi
  sleep 1
done
node -e "fetch('http://127.0.0.1:8080/billing/api/did_create', { method: 'POST', body: new URLSearchParams({ u: 'admin' }) }).then((response) => response.text())"
kill -TERM "$server"
wait "$server"
