using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Grpc.Health.V1;
using Tracker.Server.Hosting;
using Tracker.Server.Tests.Import;
using Tracker.Server.Tests.Starting;

namespace Tracker.Server.Tests.Deployment;

public class KubernetesTests(StartedServer server)
{
    private const string Folder = "deploy/kubernetes";
    private const string Kustomization = "kustomization.yaml";

    private static readonly IReadOnlyList<JsonObject> Manifests =
        [.. Files().Where(file => file != Kustomization).SelectMany(file => Yaml.ReadAll($"{Folder}/{file}"))];

    public static TheoryData<string> Kinds => [.. Manifests.Select(manifest => $"{manifest["kind"]}").Distinct()];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonNode Pod => Single("Deployment")["spec"]!["template"]!;

    private static JsonNode Container => Assert.Single(Pod["spec"]!["containers"]!.AsArray())!;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_manifest_holds_to_the_published_schema_of_its_kind(string kind) =>
        Assert.All(Of(kind), manifest => Assert.Empty(Schemas.FaultsOfKubernetes(manifest)));

    [Fact]
    public void A_misspelt_field_would_not_pass()
    {
        var misspelt = Single("Deployment").DeepClone();
        misspelt["spec"]!["template"]!["spec"]!["securityContext"]!["runAsNonRot"] = true;

        Assert.NotEmpty(Schemas.FaultsOfKubernetes(misspelt));
    }

    [Fact]
    public void Kustomize_applies_every_manifest_with_the_version_of_the_product()
    {
        var kustomization = Yaml.Read($"{Folder}/{Kustomization}");

        Assert.Equal(Files().Where(file => file != Kustomization), kustomization["resources"]!.AsArray().Select(file => $"{file}").Order(StringComparer.Ordinal));
        Assert.EndsWith($":{Assert.Single(kustomization["images"]!.AsArray())!["newTag"]}", $"{Yaml.Read("docker-compose.yml")["services"]!["tracker-1"]!["image"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_knows_every_setting_it_is_given()
    {
        using var made = await PreparedInstallation.MakeAsync(Cancellation);
        await made.WriteSettingsAsync(JsonNode.Parse($"{Single("ConfigMap")["data"]!["appsettings.json"]}")!.AsObject(), Cancellation);
        var environment = Container["env"]!.AsArray().Select(variable => KeyValuePair.Create($"{variable!["name"]}", $"{variable["value"] ?? Secret($"{variable["name"]}")}"));

        await NodeStart.PassesAllSettingsAsync(made.Data, Dockerfile.Environment.Concat(environment));
    }

    [Fact]
    public void Settings_and_keys_are_where_the_node_looks_for_them()
    {
        var projected = Pod["spec"]!["volumes"]!.AsArray().Single(volume => volume!["projected"] is not null)!;

        var paths = projected["projected"]!["sources"]!.AsArray().SelectMany(source => (source!["configMap"] ?? source["secret"])!["items"]!.AsArray()).Select(item => $"{item!["path"]}");

        Assert.Equal(["appsettings.json", "keys/tenant-keys.json"], paths);
        Assert.Contains(Container["volumeMounts"]!.AsArray(), mount => $"{mount!["name"]}" == $"{projected["name"]}" && $"{mount["mountPath"]}" == Dockerfile.Environment["Tracker__Storage__Path"]);
    }

    [Theory]
    [InlineData("startupProbe")]
    [InlineData("readinessProbe")]
    public async Task A_server_that_is_up_answers_the_probe_over_grpc(string probe)
    {
        var asked = Container[probe]!["grpc"]!;
        using var channel = server.Process.Connect();

        var answer = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest { Service = $"{asked["service"]}" }, cancellationToken: Cancellation);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
        Assert.Equal($"{new ServerOptions().GrpcPort}", $"{asked["port"]}");
    }

    [Fact]
    public async Task A_server_that_is_up_answers_the_probe_of_its_life()
    {
        var asked = Container["livenessProbe"]!["httpGet"]!;
        using var client = new HttpClient();

        using var answer = await client.GetAsync(new Uri(server.Process.Http, $"{asked["path"]}"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"{new ServerOptions().HttpPort}", PortNamed($"{asked["port"]}"));
    }

    [Fact]
    public void A_node_is_no_root_and_cannot_change_its_own_files()
    {
        var pod = Pod["spec"]!["securityContext"]!;
        var container = Container["securityContext"]!;

        Assert.Equal(Dockerfile.Of("USER"), $"{pod["runAsUser"]}:{pod["runAsGroup"]}");
        Assert.Equal(("true", "true", "false"), ($"{pod["runAsNonRoot"]}", $"{container["readOnlyRootFilesystem"]}", $"{container["allowPrivilegeEscalation"]}"));
        Assert.Equal("ALL", $"{Assert.Single(container["capabilities"]!["drop"]!.AsArray())}");
    }

    [Fact]
    public void Everything_that_chooses_pods_chooses_those_of_the_deployment()
    {
        var label = $"{Pod["metadata"]!["labels"]!["app.kubernetes.io/name"]}";
        JsonNode?[] chosen =
        [
            Single("Deployment")["spec"]!["selector"]!["matchLabels"],
            Single("PodDisruptionBudget")["spec"]!["selector"]!["matchLabels"],
            Single("NetworkPolicy")["spec"]!["podSelector"]!["matchLabels"],
            .. Of("Service").Select(service => service["spec"]!["selector"]),
        ];

        Assert.All(chosen, labels => Assert.Equal(label, $"{Assert.Single(labels!.AsObject()).Value}"));
        Assert.Equal($"{Single("Deployment")["metadata"]!["name"]}", $"{Single("HorizontalPodAutoscaler")["spec"]!["scaleTargetRef"]!["name"]}");
    }

    [Fact]
    public void The_number_of_nodes_follows_a_metric_that_the_server_has()
    {
        var followed = Single("HorizontalPodAutoscaler")["spec"]!["metrics"]!.AsArray().Where(metric => $"{metric!["type"]}" == "Pods").Select(metric => $"{metric!["pods"]!["metric"]!["name"]}");

        Assert.Contains(Assert.Single(followed), ExportedMetrics.Names);
    }

    [Fact]
    public void A_node_is_given_the_time_to_finish_what_it_has_begun()
    {
        var pause = int.Parse($"{Container["lifecycle"]!["preStop"]!["sleep"]!["seconds"]}", CultureInfo.InvariantCulture);
        var grace = int.Parse($"{Pod["spec"]!["terminationGracePeriodSeconds"]}", CultureInfo.InvariantCulture);

        Assert.True(TimeSpan.FromSeconds(grace - pause) > new ServerOptions().GracePeriod);
    }

    /// <summary>What stands in the secret that a setting is taken from.</summary>
    private static string Secret(string setting) => setting.Contains("Redis", StringComparison.Ordinal) ? "secret:6379" : "mongodb://secret";

    private static string PortNamed(string name) =>
        $"{Container["ports"]!.AsArray().Single(port => $"{port!["name"]}" == name)!["containerPort"]}";

    private static JsonObject Single(string kind) => Assert.Single(Of(kind));

    private static IEnumerable<JsonObject> Of(string kind) => Manifests.Where(manifest => $"{manifest["kind"]}" == kind);

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, Folder)).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);
}
