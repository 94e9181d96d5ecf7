using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Tracker.Core.Model;
using Tracker.Server.Hosting;
using Tracker.Server.Security;
using Tracker.Server.Tests.Import;

namespace Tracker.Server.Tests.Deployment;

public class ComposeTests
{
    private static readonly JsonObject Compose = Yaml.Read("docker-compose.yml");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonObject Services => Compose["services"]!.AsObject();

    private static IReadOnlyList<JsonObject> Nodes => [.. Services.Where(service => service.Key.StartsWith("tracker-", StringComparison.Ordinal)).Select(service => service.Value!.AsObject())];

    [Fact]
    public void The_file_holds_to_the_published_schema() => Assert.Empty(Schemas.FaultsOfCompose(Compose));

    [Fact]
    public void A_misspelt_word_would_not_pass()
    {
        var misspelt = Compose.DeepClone();
        misspelt["services"]!["redis"]!["comand"] = "redis-server";

        Assert.NotEmpty(Schemas.FaultsOfCompose(misspelt));
    }

    [Fact]
    public void Every_image_is_pinned_to_one_version()
    {
        var product = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

        Assert.All(Services, service => Assert.Matches(@":v?\d+\.\d+\.\d+", $"{service.Value!["image"]}"));
        Assert.All(Nodes, node => Assert.Equal($"tracker:{product}", $"{node["image"]}"));
    }

    [Fact]
    public void Two_nodes_differ_in_their_ports_and_their_name_alone()
    {
        Assert.Equal(2, Nodes.Count);

        Assert.True(JsonNode.DeepEquals(WithoutItsOwn(Nodes[0]), WithoutItsOwn(Nodes[1])));
    }

    [Fact]
    public void No_port_is_published_twice_and_none_beyond_this_machine_unasked()
    {
        var ports = Services.SelectMany(service => service.Value!["ports"]?.AsArray() ?? []).Select(port => $"{port}").ToArray();

        Assert.All(ports, port => Assert.Matches(@"^(\$\{TRACKER_ADDRESS:-127\.0\.0\.1\}|127\.0\.0\.1):\d+:\d+$", port));
        Assert.Distinct(ports.Select(port => port.Split(':')[^2]));
    }

    [Fact]
    public async Task Every_secret_is_a_file_that_the_preparation_makes()
    {
        using var made = await PreparedInstallation.MakeAsync(Cancellation);

        var files = Compose["secrets"]!.AsObject().Select(secret => Path.GetFileName($"{secret.Value!["file"]}"));

        Assert.Equal(
            Directory.EnumerateFiles(made.Secrets).Select(Path.GetFileName).Except(["api-key"]).Order(StringComparer.Ordinal),
            files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_preparation_never_touches_keys_that_are_there()
    {
        using var made = await PreparedInstallation.MakeAsync(Cancellation);
        var before = await File.ReadAllTextAsync(Path.Combine(made.Secrets, "tenant-keys.json"), Cancellation);

        Assert.Equal(0, await made.PrepareAsync(Cancellation));

        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(made.Secrets, "tenant-keys.json"), Cancellation));
    }

    [Fact]
    public async Task The_prepared_keys_are_whole_and_of_the_tenant()
    {
        using var made = await PreparedInstallation.MakeAsync(Cancellation);

        var keys = TenantKeysDocument.Read(made.KeyFile).ToKeys();

        Assert.Equal([new TenantId("acme")], keys.Keys);
    }

    [Fact]
    public async Task A_node_knows_every_setting_it_is_given()
    {
        using var made = await PreparedInstallation.MakeAsync(Cancellation);
        var environment = Nodes[0]["environment"]!.AsObject().Select(variable => KeyValuePair.Create(variable.Key, $"{variable.Value}"));

        await NodeStart.PassesAllSettingsAsync(made.Data, Dockerfile.Environment.Concat(environment));
    }

    [Fact]
    public async Task A_node_finds_its_settings_and_keys_where_they_are_mounted()
    {
        using var made = await PreparedInstallation.MakeAsync(Cancellation);
        var mounted = Nodes[0]["secrets"]!.AsArray().Select(secret => $"{secret!["target"]}");

        var read = Directory.EnumerateFiles(made.Data, "*", SearchOption.AllDirectories).Select(file => $"/data/{Path.GetRelativePath(made.Data, file)}");

        Assert.Equal(read.Order(StringComparer.Ordinal), mounted.Order(StringComparer.Ordinal));
        Assert.Equal(("/data", "/data"), (Dockerfile.Of("WORKDIR"), Dockerfile.Environment["Tracker__Storage__Path"]));
    }

    [Fact]
    public void A_node_is_given_the_time_to_finish_what_it_has_begun() => Assert.All(Nodes, node =>
        Assert.True(TimeSpan.FromSeconds(int.Parse($"{node["stop_grace_period"]}".TrimEnd('s'), CultureInfo.InvariantCulture)) > new ServerOptions().GracePeriod));

    private static JsonObject WithoutItsOwn(JsonObject node)
    {
        var rest = node.DeepClone().AsObject();
        rest.Remove("ports");
        rest["environment"]!.AsObject().Remove("OTEL_RESOURCE_ATTRIBUTES");
        return rest;
    }
}
