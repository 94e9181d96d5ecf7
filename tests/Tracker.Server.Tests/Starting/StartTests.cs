using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using Tracker.Server.Tests.Ingestion;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Starting;

public sealed class StartTests : IDisposable
{
    internal const int Refused = 2;

    private readonly TempFolder _folder = new();

    public static TheoryData<string[], string> Refusals => new()
    {
        { ["--Tracker:Server:BindAddress", "0.0.0.0"], "needs Keys" },
        { ["--Tracker:Server:GrpcPort", "70000"], "Tracker:Server:GrpcPort" },
        { ["--Tracker:Storage:Mongo:ConnectionString", "localhost:27017"], "Tracker:Storage:Mongo:ConnectionString" },
        { ["--Tracker:Storage:Mongo:Database", "a b"], "Tracker:Storage:Mongo:Database" },
        { ["--Tracker:Cache:Redis:ConnectionString", "password=hidden"], "Tracker:Cache:Redis:ConnectionString" },
        { ["--Tracker:Cache:Redis:Prefix", "{a}"], "Tracker:Cache:Redis:Prefix" },
        { ["--Tracker:Cache:Redis:Timeout", "00:01:00"], "Tracker:Cache:Redis:Timeout" },
        { ["--Tracker:Cache:Local:Entries", "-1"], "Tracker:Cache:Local:Entries" },
        { ["--Tracker:Cache:Local:Lifetime", "00:00:00.5"], "Tracker:Cache:Local:Lifetime" },
        { ["--Tracker:Server:GrpcPort=many"], "Tracker:Server:GrpcPort" },
        { ["--Tracker:Server:GrpcProt", "6001"], "'GrpcProt' in Tracker:Server;" },
        { ["--Tracker:Tenants:0:Id=acme", "--Tracker:Tenants:0:PolcyFile=own.json"], "'PolcyFile' in a tenant;" },
        { ["--Tracker:Sever:GrpcPort", "6001"], "Tracker:Sever" },
        { ["--Tracker:Tenants:0:Id", "ACME"], "Tracker:Tenants:0:Id" },
        { ["--Tracker:Tenants:0:Id", "acme", "--Tracker:Tenants:0:Sources:0:Id", "web", "--Tracker:Tenants:0:Policy", "none"], "'none'" },
        { ["--Tracker:Tenants:0:Id=acme", "--Tracker:Tenants:0:Sources:0:Id=web", "--Tracker:Tenants:0:PolicyFile=nowhere.json"], "nowhere.json cannot be read" },
        { ["--Tracker:Tenants:0:Id=acme", "--Tracker:Tenants:0:Sources:0:Id=web", "--Tracker:Tenants:0:Policy=it-standard", "--Tracker:Tenants:0:PolicyFile=own.json"], "give one of them" },
        { ["--Tracker:Tenants:0:Id=acme", "--Tracker:Tenants:0:Sources:0:Id=web", "--Tracker:Tenants:0:Sources:0:DefaultPurposes:order.palced:0=ORDER_FULFILMENT"], "order.palced" },
        { ["--Tracker:Ingestion:MaxWaiting", "0"], "Tracker:Ingestion:MaxWaiting" },
        { ["--Tracker:Server", "6001"], "Tracker:Server is a section" },
        { ["--Tracker:Tenants:Id", "acme"], "Tracker:Tenants must be a list" },
        { ["--Tracker:Tenants:0:Id=acme", "--Tracker:Tenants:0:Sources:0:Id=web", "--Tracker:Tenants:0:Sources:0:Keys:Sha256=aa"], "Tracker:Tenants:0:Sources:0:Keys must be a list" },
        { ["serve"], "import, dump" },
        { ["--GrpcPort", "6001"], "'--GrpcPort'" },
        { ["import", "a.csv", "--mapping", "online-retail", "--Tracker:Server:GrpcPort=6001"], "no option '--Tracker:Server:GrpcPort=6001'" },
        { ["dump"], "There is no store" },
        { ["--Tracker:Storage:Path", "nowhere", "dump"], "There is no store" },
        { ["dump", "--Tracker:Storage:Pth", "nowhere"], "'Pth'" },
        { ["dump", "--Tracker:Storage:Path"], "has no value" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_cannot_start_says_why_and_nothing_else(string[] arguments, string said)
    {
        var (exitCode, output, error) = await ServerProcess.RunAsync(_folder.Path, arguments);

        Assert.Equal((Refused, ""), (exitCode, output.Trim()));
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Settings_that_are_no_json_are_named_by_their_file()
    {
        await File.WriteAllTextAsync(_folder.File("appsettings.json"), "{ no", TestContext.Current.CancellationToken);

        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path);

        Assert.Equal(Refused, exitCode);
        Assert.Contains(_folder.File("appsettings.json"), error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("61001", null, null, "61001")]
    [InlineData("61001", "61002", null, "61002")]
    [InlineData("61001", "61002", "61003", "61003")]
    public async Task Command_line_comes_before_environment_before_settings_file(string file, string? variable, string? argument, string counts)
    {
        var settings = $$"""{ "Tracker:Server:GrpcPort": {{file}}, "Tracker:Server:HttpPort": {{counts}} }""";
        await File.WriteAllTextAsync(_folder.File("appsettings.json"), settings, TestContext.Current.CancellationToken);
        var environment = variable is null ? new Dictionary<string, string>() : new() { ["Tracker__Server__GrpcPort"] = variable };

        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path, environment, argument is null ? [] : ["--Tracker:Server:GrpcPort", argument]);

        Assert.Equal(Refused, exitCode);
        Assert.Contains("GrpcPort: must differ from HttpPort", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_used_is_named_with_the_setting_that_chooses_it()
    {
        await File.WriteAllTextAsync(_folder.File("taken"), "", TestContext.Current.CancellationToken);

        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path, "--Tracker:Storage:Path", "taken");

        Assert.Equal(Refused, exitCode);
        Assert.Contains($"{_folder.File("taken")} cannot be used", error, StringComparison.Ordinal);
        Assert.Contains("Tracker:Storage:Path", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_MongoDB_that_does_not_answer_is_named_by_its_setting_and_not_by_its_address()
    {
        var (exitCode, _, error) = await ServerProcess.RunAsync(
            _folder.Path,
            "--Tracker:Storage:Mongo:ConnectionString",
            "mongodb://tracker:hidden@127.0.0.1:9/",
            "--Tracker:Storage:Mongo:StartTimeout=0",
            "--Tracker:Storage:Mongo:ServerSelectionTimeout=00:00:00.25");

        Assert.Equal(Refused, exitCode);
        Assert.Contains("Tracker:Storage:Mongo:ConnectionString", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_whose_key_file_is_gone_is_refused()
    {
        Directory.CreateDirectory(_folder.File("data/store"));
        await File.WriteAllTextAsync(_folder.File("data/store/CURRENT"), "", TestContext.Current.CancellationToken);

        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path, "--Tracker:Storage:Path", "data");

        Assert.Equal(Refused, exitCode);
        Assert.Contains("restore it from your key backup", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_valid_key_file_of_another_store_is_refused_by_file_and_tenant()
    {
        await using (await ServerProcess.StartAsync(_folder.Path))
        {
        }

        var keys = _folder.File("tracker-data/keys/tenant-keys.json");
        File.Delete(keys);
        await using (await ServerProcess.StartAsync(Directory.CreateDirectory(_folder.File("another")).FullName))
        {
        }

        File.Copy(_folder.File("another/tracker-data/keys/tenant-keys.json"), keys);
        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path);

        Assert.Equal(Refused, exitCode);
        Assert.Contains($"{keys} is not the one", error, StringComparison.Ordinal);
        Assert.Contains("tenant 'demo'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_whose_data_nobody_would_delete_is_named()
    {
        await using (var server = await ServerProcess.StartAsync(_folder.Path))
        {
            using var channel = GrpcChannel.ForAddress(server.Grpc);
            await new Wire.InteractionService.InteractionServiceClient(channel).RecordInteractionAsync(
                new() { Interaction = Sample.Purchase() },
                cancellationToken: TestContext.Current.CancellationToken);
        }

        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path, "--Tracker:Tenants:0:Id", "acme", "--Tracker:Tenants:0:Sources:0:Id", "shop");

        Assert.Equal(Refused, exitCode);
        Assert.Contains("people of tenant 'demo'", error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Compliance", "R-065")]
    public async Task A_rule_that_keeps_longer_than_a_notice_in_use_states_is_named_with_the_notice()
    {
        await using (var server = await ServerProcess.StartAsync(_folder.Path))
        {
            using var channel = GrpcChannel.ForAddress(server.Grpc);
            await new Wire.ConsentService.ConsentServiceClient(channel).RegisterNoticeAsync(
                new()
                {
                    NoticeId = "privacy",
                    Version = "7",
                    Text = "Orders are kept for 26 months.",
                    Language = "en",
                    EffectiveAt = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(-1)),
                    Medium = Wire.NoticeMedium.Written,
                    Purposes = { Wire.Purpose.OrderFulfilment },
                    Controller = new() { Id = "demo", Name = "Demo S.p.A.", Contact = "dpo@demo.example", Address = "Via Roma 1, Milano" },
                    RetentionTerms = { new Wire.NoticeTerm { Purpose = Wire.Purpose.OrderFulfilment, Period = "P26M" } },
                },
                cancellationToken: TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(
            _folder.File("longer.json"),
            """
            {
              "extends": "it-seed-strict", "profile": "demo", "version": "2",
              "rules": [{ "id": "IT-ORD-1", "retention_justification_id": "J-1", "ends": [{ "anchor": "CONTRACT_END", "period": "P36M", "kind": "MAX" }] }]
            }
            """,
            TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await ServerProcess.RunAsync(_folder.Path, "--Tracker:Tenants:0:Id=demo", "--Tracker:Tenants:0:Sources:0:Id=till", "--Tracker:Tenants:0:PolicyFile=longer.json");

        Assert.Equal(Refused, exitCode);
        Assert.Contains("$.rules[IT-ORD-1]: keeps longer than version 7 of notice privacy states for ORDER_FULFILMENT (P26M)", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
