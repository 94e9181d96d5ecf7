using System.Text.Json.Nodes;
using Tracker.Server.Tests.Import;

namespace Tracker.Server.Tests.Deployment;

public class WatchTests
{
    // What Prometheus and the exporter that asks for health add by themselves.
    private static readonly string[] OfPrometheus = ["probe_success", "instance", "job", "le"];

    private static readonly JsonNode Board = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy/grafana/boards/tracker.json")))!;

    private static readonly JsonObject Prometheus = Yaml.Read("deploy/prometheus/prometheus.yml");

    private static readonly string[] Queries =
    [
        .. Panels().SelectMany(panel => panel["targets"]!.AsArray()).Select(target => $"{target!["expr"]}"),
        .. Yaml.Read("deploy/prometheus/alerts.yml")["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => $"{rule!["expr"]}"),
    ];

    [Fact]
    public void Board_and_alarms_name_only_metrics_that_the_server_has() => Assert.All(
        Queries,
        query => Assert.All(PromQuery.MetricsIn(query), metric => Assert.Contains(metric, ExportedMetrics.Names.Concat(OfPrometheus))));

    [Fact]
    public void Board_and_alarms_name_only_tags_that_the_server_sets() => Assert.All(
        Queries,
        query => Assert.All(PromQuery.LabelsIn(query), label => Assert.Contains(label, ExportedMetrics.Labels.Concat(OfPrometheus))));

    [Fact]
    public void Every_gauge_and_counter_of_the_server_is_on_the_board()
    {
        var shown = Queries.SelectMany(PromQuery.MetricsIn).ToHashSet();

        // Of a histogram the board needs not every series.
        Assert.Empty(ExportedMetrics.Names.Where(name => !name.Contains("micro_batch", StringComparison.Ordinal)).Except(shown));
    }

    [Fact]
    public void A_panel_has_a_title_a_place_and_the_data_source_that_is_provisioned()
    {
        var provisioned = $"{Assert.Single(Yaml.Read("deploy/grafana/provisioning/datasources/prometheus.yml")["datasources"]!.AsArray())!["uid"]}";

        Assert.Distinct(Board["panels"]!.AsArray().Select(panel => $"{panel!["id"]}"));
        Assert.All(Panels(), panel =>
        {
            Assert.NotEmpty($"{panel["title"]}");
            Assert.NotNull(panel["gridPos"]);
            Assert.Equal(provisioned, $"{panel["datasource"]!["uid"]}");
        });
    }

    [Fact]
    public void The_folder_that_Grafana_reads_boards_from_is_the_one_that_holds_them()
    {
        var folder = $"{Assert.Single(Yaml.Read("deploy/grafana/provisioning/dashboards/tracker.yml")["providers"]!.AsArray())!["options"]!["path"]}";

        Assert.Contains($"./deploy/grafana/boards:{folder}:ro", Yaml.Read("docker-compose.yml")["services"]!["grafana"]!["volumes"]!.AsArray().Select(volume => $"{volume}"));
    }

    [Fact]
    public void Prometheus_asks_every_node_and_names_as_the_tests_do()
    {
        var nodes = Yaml.Read("docker-compose.yml")["services"]!.AsObject().Select(service => service.Key).Where(name => name.StartsWith("tracker-", StringComparison.Ordinal));
        var asked = Prometheus["scrape_configs"]!.AsArray().Single(job => $"{job!["job_name"]}" == "tracker-health")!;

        Assert.Equal(nodes.Select(node => $"{node}:5081"), asked["static_configs"]![0]!["targets"]!.AsArray().Select(target => $"{target}"));
        Assert.Contains($"{asked["params"]!["module"]![0]}", Yaml.Read("deploy/prometheus/blackbox.yml")["modules"]!.AsObject().Select(module => module.Key));
        Assert.Equal("UnderscoreEscapingWithSuffixes", $"{Prometheus["otlp"]!["translation_strategy"]}");
    }

    private static IEnumerable<JsonNode> Panels() => Board["panels"]!.AsArray().Where(panel => $"{panel!["type"]}" != "row")!;
}
