package dev.lethe.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lethe.gateway.http.BodyRule;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.TestGateway;
import dev.lethe.gateway.ops.Readiness;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says what the endpoint tables say, no more and no less. */
class ContractTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<Endpoint> built = new ArrayList<>();
  private JsonNode contract;

  @BeforeEach
  void read() throws Exception {
    var services = TestGateway.servicesOf(vertx);
    built.addAll(TestGateway.clientEndpoints(services));
    built.addAll(AdminListener.endpoints(vertx, services, new Readiness()));
    try (var in = Endpoint.class.getResourceAsStream("/openapi.json")) {
      contract = new JsonMapper().readTree(in);
    }
  }

  @AfterEach
  void close() throws Exception {
    TestGateway.await(vertx.close());
  }

  private static String describe(Endpoint endpoint) {
    return String.join(
        " ",
        endpoint.method().name().toLowerCase(Locale.ROOT),
        endpoint.path(),
        endpoint.operation(),
        "" + endpoint.scope().stream().toList(),
        "" + new TreeSet<>(endpoint.query()),
        endpoint.body() instanceof BodyRule.None ? "" : "body");
  }

  private static String describe(String path, String method, JsonNode operation) {
    var query = new TreeSet<String>();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.get("in").asText().equals("query")) {
        query.add(parameter.get("name").asText());
      }
    }
    var scopes =
        StreamSupport.stream(operation.at("/security/0/bearer").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    return String.join(
        " ",
        method,
        path,
        operation.get("operationId").asText(),
        "" + scopes,
        "" + query,
        operation.has("requestBody") ? "body" : "");
  }

  @Test
  void contractAndTablesAgreeBothWays() {
    var described = new ArrayList<String>();
    for (var path : contract.get("paths").properties()) {
      for (var method : path.getValue().properties()) {
        if (!method.getKey().equals("servers")) {
          described.add(describe(path.getKey(), method.getKey(), method.getValue()));
        }
      }
    }
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            built.stream().map(endpoint -> describe(endpoint)).toList());
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    var references = contract.findValuesAsText("$ref");
    assertThat(references).isNotEmpty();
    assertThat(references)
        .allSatisfy(
            reference -> assertThat(contract.at(reference.substring(1)).isMissingNode()).isFalse());
  }
}
