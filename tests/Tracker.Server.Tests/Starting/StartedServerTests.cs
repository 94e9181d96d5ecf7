using System.Net;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Starting;

public partial class StartedServerTests(StartedServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_call_it_prints_works_as_typed()
    {
        using var channel = server.Process.Connect();
        var typed = FirstCallPattern().Match(server.Process.Output);
        var request = JsonParser.Default.Parse<Wire.RecordInteractionRequest>(typed.Groups["json"].Value);

        var answer = await new Wire.InteractionService.InteractionServiceClient(channel).RecordInteractionAsync(request, cancellationToken: Cancellation);

        Assert.Equal(server.Process.Grpc.Authority, typed.Groups["authority"].Value);
        Assert.True(answer.Result.Outcome is Wire.Outcome.Accepted or Wire.Outcome.AcceptedStripped);
        Assert.Empty(answer.Result.Violations);
        Assert.NotEmpty(answer.Result.InteractionId);
    }

    [Theory]
    [InlineData("health/live", "Healthy")]
    [InlineData("health/ready", "Ready")]
    public async Task Health_answers_over_http(string path, string said)
    {
        using var client = new HttpClient();

        using var answer = await client.GetAsync(new Uri(server.Process.Http, path), Cancellation);

        Assert.Equal((HttpStatusCode.OK, said), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation)));
    }

    [Fact]
    public async Task The_first_page_tells_how_to_make_the_first_call()
    {
        using var client = new HttpClient();

        var page = await client.GetStringAsync(server.Process.Http, Cancellation);

        Assert.Contains("grpcurl -plaintext", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_answers_over_grpc()
    {
        using var channel = server.Process.Connect();

        var answer = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Cancellation);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Where_nothing_is_configured_the_contract_can_be_seen_through_reflection()
    {
        using var channel = server.Process.Connect();

        Assert.Contains("tracker.v1.InteractionService", await Reflect(channel));
    }

    [Fact]
    public async Task Where_callers_are_configured_the_contract_is_not_told()
    {
        using var folder = new TempFolder();
        await using var configured = await ServerProcess.StartAsync(
            folder.Path,
            "--Tracker:Tenants:0:Id=acme",
            "--Tracker:Tenants:0:Sources:0:Id=till",
            $"--Tracker:Tenants:0:Sources:0:Keys:0:Sha256={new string('a', 64)}",
            "--Tracker:Tenants:0:Sources:0:Keys:0:Permissions:0=INTERACTION_WRITE");
        using var channel = configured.Connect();

        var refused = await Assert.ThrowsAsync<RpcException>(() => Reflect(channel));

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }

    [Fact]
    public async Task The_policy_in_force_can_be_read()
    {
        using var channel = server.Process.Connect();

        var answer = await new Wire.PolicyService.PolicyServiceClient(channel).GetPolicyAsync(new(), cancellationToken: Cancellation);

        Assert.Equal("Europe/Rome", answer.Policy.TimeZone);
        Assert.Contains(answer.Policy.Types_, type => type.Name == "purchase.completed");
    }

    [Fact]
    public async Task A_dump_shows_the_store_of_a_running_server()
    {
        var (exitCode, output, error) = await ServerProcess.RunAsync(server.Folder, "dump", "--part", "meta", "records", "--Tracker:Storage:Path", "tracker-data");

        Assert.Equal((0, ""), (exitCode, error.Trim()));
        Assert.Contains("\"format_version\":", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_setting_that_changes_it()
    {
        using var folder = new TempFolder();

        var (exitCode, output, error) = await ServerProcess.RunAsync(
            folder.Path, "--Tracker:Server:GrpcPort", $"{server.Process.Grpc.Port}", "--Tracker:Server:HttpPort", "0");

        Assert.Equal((StartTests.Refused, ""), (exitCode, output.Trim()));
        Assert.Contains($"Port {server.Process.Grpc.Port} is in use", error, StringComparison.Ordinal);
        Assert.Contains("--Tracker:Server:GrpcPort", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_in_use_is_named_with_the_setting_that_changes_it()
    {
        var (exitCode, _, error) = await ServerProcess.RunAsync(server.Folder, "--Tracker:Server:GrpcPort", "0", "--Tracker:Server:HttpPort", "0");

        Assert.Equal(StartTests.Refused, exitCode);
        Assert.Contains("Tracker:Storage:Path", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> Reflect(ChannelBase channel)
    {
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Cancellation);
        await call.ResponseStream.MoveNext(Cancellation);
        return call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name);
    }

    [GeneratedRegex("grpcurl -plaintext -d '(?<json>.*)' (?<authority>\\S+) tracker.v1.InteractionService/RecordInteraction")]
    private static partial Regex FirstCallPattern();
}
