import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Tests with the client of the JDK alone. Move the methods into your JUnit class, or run: java CreateNumberTest.java */
public class CreateNumberTest {
    static final String MOR = System.getenv().getOrDefault("MOR_URL", "http://127.0.0.1:8080");
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    static String send(String method, String path, String type, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(MOR + path))
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
        return CLIENT.send(request.build(), BodyHandlers.ofString()).body();
    }

    /** Replace this with the code that you test. */
    static String createNumber(String did) throws Exception {
        var text = ("1" + did + "secret").getBytes("UTF-8");
        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        var form = "u=admin&provider_id=1&did=" + did + "&hash=" + hash;
        return send("POST", "/billing/api/did_create", "application/x-www-form-urlencoded", form);
    }

    static void reset() throws Exception {
        send("POST", "/__admin/reset", "application/json", "");
    }

    static void createsANumber() throws Exception {
        check(createNumber("37060000099").contains("<success>DID created</success>"));
        check(send("GET", "/__admin/dids?created=true", "application/json", "").contains("\"did\":\"37060000099\""));
    }

    static void refusesANumberThatExists() throws Exception {
        check(createNumber("37060000001").contains("<error>DID already exists</error>"));
    }

    static void reportsALostReply() throws Exception {
        send("POST", "/__admin/faults", "application/json", "{\"connection\":\"reset\",\"phase\":\"after\"}");
        try {
            createNumber("37060000099");
        } catch (IOException lost) {
            return;
        }
        throw new AssertionError("the reply was not lost");
    }

    static void check(boolean holds) {
        if (!holds) throw new AssertionError();
    }

    interface Case {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Case[] cases = {
            CreateNumberTest::createsANumber,
            CreateNumberTest::refusesANumberThatExists,
            CreateNumberTest::reportsALostReply,
        };
        for (Case each : cases) {
            reset();
            each.run();
        }
        System.out.println(cases.length + " passed");
    }
}
