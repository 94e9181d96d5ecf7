using Microsoft.Extensions.Options;
using Tracker.Server.Hosting;
using Tracker.Server.Security;

namespace Tracker.Server.Tests.Security;

public class TenantsValidatorTests
{
    private const string Hash = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    [Fact]
    public void Nothing_configured_is_valid_on_this_machine() => Assert.Empty(Failures(new TenantsOptions()));

    [Fact]
    public void Nothing_configured_is_refused_where_other_machines_can_call() =>
        Assert.Contains("Tracker:Server:BindAddress", Assert.Single(Failures(new TenantsOptions(), "0.0.0.0")), StringComparison.Ordinal);

    [Fact]
    public void A_source_without_keys_is_refused_by_name_where_other_machines_can_call()
    {
        var tenants = Tenants(Tenant("acme", Source("web", Hash), Source("tills")));

        Assert.Contains("acme/tills", Assert.Single(Failures(tenants, "*")), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_on_every_source_are_valid_anywhere() =>
        Assert.Empty(Failures(Tenants(Tenant("acme", Source("web", Hash))), "0.0.0.0"));

    [Fact]
    public void Two_sources_without_keys_are_refused_because_a_call_could_be_from_either() =>
        Assert.Contains("acme/a, acme/b", Assert.Single(Failures(Tenants(Tenant("acme", Source("a"), Source("b"))))), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Acme")]
    [InlineData("acme\n")]
    [InlineData("a234567890123456789012345678901234")]
    public void A_tenant_id_of_other_characters_is_refused(string id) =>
        Assert.StartsWith("Tracker:Tenants:0:Id ", Assert.Single(Failures(Tenants(Tenant(id, Source("web", Hash))))), StringComparison.Ordinal);

    [Fact]
    public void Repeated_ids_and_keys_are_refused()
    {
        var failures = Failures(Tenants(Tenant("acme", Source("web", Hash), Source("web", Hash.ToUpperInvariant())), Tenant("acme", Source("app", Hash))));

        Assert.Equal(3, failures.Count);
        Assert.Contains(failures, failure => failure.Contains("source id 'web'", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("tenant id 'acme'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_source_that_may_send_nothing_is_refused(int most)
    {
        var source = Source("web", Hash);
        source.MaxPerSecond = most;

        Assert.StartsWith("Tracker:Tenants:0:Sources:0:MaxPerSecond ", Assert.Single(Failures(Tenants(Tenant("acme", source)))), StringComparison.Ordinal);
    }

    [Fact]
    public void Schemes_are_for_what_is_numbered_by_systems_and_have_names_like_ids()
    {
        var source = Source("web", Hash);
        source.Schemes["CUSTOMER_NUMBER"] = "crm";
        Assert.Empty(Failures(Tenants(Tenant("acme", source))));

        source.Schemes["EMAIL"] = "crm";
        source.Schemes["LOYALTY_CARD"] = "The Club";

        Assert.Equal(
            ["Tracker:Tenants:0:Sources:0:Schemes: 'EMAIL'", "Tracker:Tenants:0:Sources:0:Schemes:LOYALTY_CARD must"],
            Failures(Tenants(Tenant("acme", source))).Select(failure => string.Join(' ', failure.Split(' ').Take(2))));
    }

    [Fact]
    public void Unknown_names_are_refused_with_the_known_ones()
    {
        var source = Source("web", Hash);
        source.Channel = "WEBSHOP";
        source.DefaultPurposes["order.placed"] = ["MARKETING"];
        source.Keys[0].Permissions.Add("EVERYTHING");

        var failures = Failures(Tenants(Tenant("acme", source)));

        Assert.Equal(3, failures.Count);
        Assert.Contains("Tracker:Tenants:0:Sources:0:Channel: 'WEBSHOP' is not one of APP, BACK_OFFICE", failures[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("zz26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")]
    public void A_key_that_is_no_hash_is_refused_and_not_repeated(string sha256)
    {
        var failure = Assert.Single(Failures(Tenants(Tenant("acme", Source("web", sha256)))));

        Assert.StartsWith("Tracker:Tenants:0:Sources:0:Keys:0:Sha256", failure, StringComparison.Ordinal);
        Assert.DoesNotContain(sha256, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_without_permissions_is_refused()
    {
        var source = Source("web", Hash);
        source.Keys[0].Permissions.Clear();

        Assert.Contains("Keys:0:Permissions", Assert.Single(Failures(Tenants(Tenant("acme", source)))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it")]
    [InlineData("Italy")]
    [InlineData("XX")]
    [InlineData("")]
    public void A_region_whose_numbers_nobody_can_read_is_refused(string region)
    {
        var source = Source("web", Hash);
        source.Region = region;

        Assert.Contains("Sources:0:Region", Assert.Single(Failures(Tenants(Tenant("acme", source)))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_is_a_country_in_two_capital_letters()
    {
        var source = Source("web", Hash);
        source.Region = "IT";

        Assert.Empty(Failures(Tenants(Tenant("acme", source))));
    }

    private static List<string> Failures(TenantsOptions tenants, string bindAddress = "127.0.0.1") =>
        [.. new TenantsValidator(Options.Create(new ServerOptions { BindAddress = bindAddress })).Validate(null, tenants).Failures ?? []];

    private static TenantsOptions Tenants(params TenantOptions[] tenants)
    {
        var options = new TenantsOptions();
        Array.ForEach(tenants, options.Tenants.Add);
        return options;
    }

    private static TenantOptions Tenant(string id, params SourceOptions[] sources)
    {
        var tenant = new TenantOptions { Id = id };
        Array.ForEach(sources, tenant.Sources.Add);
        return tenant;
    }

    private static SourceOptions Source(string id, string? sha256 = null)
    {
        var source = new SourceOptions { Id = id };
        if (sha256 is not null)
        {
            source.Keys.Add(new KeyOptions { Sha256 = sha256, Permissions = { "INTERACTION_WRITE" } });
        }

        return source;
    }
}
