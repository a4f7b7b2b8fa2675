FROM node:26.10.0-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without prepare, which would build: the sources come later.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json LICENSE ./
COPY build ./build
COPY src ./src
COPY fixtures ./fixtures
COPY contract ./contract
# Readable by any user, whatever umask the sources were checked out with.
RUN npm run build && chmod -R a+rX,go-w .

FROM node:26.10.0-slim
LABEL org.opencontainers.image.title="mock-mor" \
      org.opencontainers.image.description="A mock of the Kolmisoft MOR billing server for contract testing" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production \
    NODE_COMPILE_CACHE=/app/.compile-cache \
    MOCK_MOR_HOST=0.0.0.0 \
    MOCK_MOR_FIXTURES=/fixtures
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/fixtures ./fixtures
COPY --from=build /app/contract ./contract
# The command is bundled with all it needs.
COPY --from=build /app/dist/cli*.js /app/dist/THIRD-PARTY-LICENCES.txt ./dist/
COPY --from=build /app/dist/packages ./dist/packages
COPY --from=build /app/dist/dashboard ./dist/dashboard
# Mount your own over this one.
COPY --from=build /app/fixtures /fixtures
RUN ln -s /app/dist/cli.js /usr/local/bin/mock-mor && install -d -o 1000 -g 1000 "$NODE_COMPILE_CACHE"
USER 1000:1000
# One run that keeps the code that V8 makes of the command, for the same user: half of a start is compiling.
COPY build/warm-up.sh /tmp/
RUN sh /tmp/warm-up.sh
EXPOSE 8080
HEALTHCHECK --interval=2s --timeout=2s --start-period=10s CMD ["node", "/app/dist/cli.js", "healthcheck"]
ENTRYPOINT ["node", "/app/dist/cli.js"]
CMD ["serve"]
