using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.Server.Security;

namespace Tracker.Server.Tests.Security;

public class CallerDirectoryTests
{
    // SHA-256 of "foo".
    private const string Hash = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    [Fact]
    public void Settings_become_callers()
    {
        var caller = Directory(new()
        {
            ["Tracker:Tenants:0:Id"] = "acme",
            ["Tracker:Tenants:0:Policy"] = "it-seed-strict",
            ["Tracker:Tenants:0:Sources:0:Id"] = "web",
            ["Tracker:Tenants:0:Sources:0:Channel"] = "WEB",
            ["Tracker:Tenants:0:Sources:0:DefaultPurposes:order.placed:0"] = "PURPOSE_ORDER_FULFILMENT",
            ["Tracker:Tenants:0:Sources:0:Keys:0:Sha256"] = Hash,
            ["Tracker:Tenants:0:Sources:0:Keys:0:Permissions:0"] = "PROFILE_READ",
        }).Find("foo");

        Assert.Equal((new TenantId("acme"), new SourceId("web"), Channel.Web), (caller?.Tenant, caller?.Source, caller?.Channel));
        Assert.Equal([Purpose.OrderFulfilment], caller!.DefaultPurposes["order.placed"]);
        Assert.Equal([Permission.ProfileRead], caller.Permissions);
    }

    [Fact]
    public void An_unknown_key_is_nobody() => Assert.Null(Directory(KeyedSource()).Find("bar"));

    [Fact]
    public void With_keys_on_every_source_nobody_calls_without_one() => Assert.Null(Directory(KeyedSource()).Keyless);

    [Fact]
    public void With_nothing_configured_a_call_without_a_key_is_from_the_demo_tenant()
    {
        var directory = Directory([]);

        Assert.True(directory.IsDemo);
        Assert.Equal(("demo", "demo"), (directory.Keyless?.Tenant.Value, directory.Keyless?.Source.Value));
        Assert.Contains(Permission.PolicyRead, directory.Keyless!.Permissions);
    }

    [Fact]
    public void A_misspelt_setting_of_a_tenant_is_refused_by_name()
    {
        var settings = KeyedSource();
        settings["Tracker:Tenants:0:Sources:0:Chanel"] = "WEB";

        Assert.Contains("Chanel", Assert.Throws<InvalidOperationException>(() => Directory(settings)).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> KeyedSource() => new()
    {
        ["Tracker:Tenants:0:Id"] = "acme",
        ["Tracker:Tenants:0:Sources:0:Id"] = "web",
        ["Tracker:Tenants:0:Sources:0:Keys:0:Sha256"] = Hash,
        ["Tracker:Tenants:0:Sources:0:Keys:0:Permissions:0"] = "INTERACTION_WRITE",
    };

    private static CallerDirectory Directory(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddSecurity()
        .BuildServiceProvider()
        .GetRequiredService<CallerDirectory>();
}
