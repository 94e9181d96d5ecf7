using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.Server.Hosting;

namespace Tracker.Server.Security;

/// <summary>Names every fault of the tenants by the path of its setting.</summary>
internal sealed partial class TenantsValidator(IOptions<ServerOptions> server) : IValidateOptions<TenantsOptions>
{
    private const string IdRule = "must be 1 to 32 of a-z, 0-9 and \"-\"";

    public ValidateOptionsResult Validate(string? name, TenantsOptions options)
    {
        List<string> failures = [];
        for (var i = 0; i < options.Tenants.Count; i++)
        {
            CheckTenant(options.Tenants[i], $"{TenantsOptions.Section}:{i}", failures);
        }

        CheckUnique(options.Tenants.Select(tenant => tenant.Id), $"{TenantsOptions.Section}: tenant id", failures);
        CheckUnique(Keys(options).Select(key => key.Sha256.ToLowerInvariant()), $"{TenantsOptions.Section}: key", failures);
        CheckKeyless(options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckTenant(TenantOptions tenant, string at, List<string> failures)
    {
        Require(IdPattern().IsMatch(tenant.Id), $"{at}:Id {IdRule}.", failures);
        Require(tenant.Policy is null || tenant.PolicyFile is null, $"{at}: Policy names a shipped profile and PolicyFile a file of your own; give one of them.", failures);
        Require(tenant.Sources.Count > 0, $"{at}:Sources must have at least one source.", failures);
        CheckUnique(tenant.Sources.Select(source => source.Id), $"{at}:Sources: source id", failures);
        for (var i = 0; i < tenant.Sources.Count; i++)
        {
            CheckSource(tenant.Sources[i], $"{at}:Sources:{i}", failures);
        }
    }

    private static void CheckSource(SourceOptions source, string at, List<string> failures)
    {
        Require(IdPattern().IsMatch(source.Id), $"{at}:Id {IdRule}.", failures);
        CheckName<Channel>(source.Channel, $"{at}:Channel", failures);
        Require(source.Region is null || IdentifierNormaliser.IsRegion(source.Region), $"{at}:Region: '{source.Region}' is no region in two capital letters (ISO 3166-1), such as IT.", failures);
        Require(source.MaxPerSecond is not < 1, $"{at}:MaxPerSecond must be at least 1 interaction a second.", failures);
        CheckSchemes(source, $"{at}:Schemes", failures);
        foreach (var (type, purposes) in source.DefaultPurposes)
        {
            Require(purposes.Length > 0, $"{at}:DefaultPurposes:{type} must name at least one purpose.", failures);
            foreach (var purpose in purposes)
            {
                CheckName<Purpose>(purpose, $"{at}:DefaultPurposes:{type}", failures);
            }
        }

        for (var i = 0; i < source.Keys.Count; i++)
        {
            CheckKey(source.Keys[i], $"{at}:Keys:{i}", failures);
        }
    }

    private static void CheckSchemes(SourceOptions source, string at, List<string> failures)
    {
        foreach (var (kind, scheme) in source.Schemes)
        {
            var isNumbered = SettingName<IdentifierKind>.TryParse(kind, out var member) && IdentifierSchemes.Kinds.Contains(member);
            Require(isNumbered, $"{at}: '{kind}' is not one of {string.Join(", ", IdentifierSchemes.Kinds.Select(EnumNames<IdentifierKind>.Of))}, which are numbered by systems.", failures);
            Require(IdPattern().IsMatch(scheme), $"{at}:{kind} {IdRule}.", failures);
        }
    }

    private static void CheckKey(KeyOptions key, string at, List<string> failures)
    {
        Require(KeyHash.TryParse(key.Sha256, out _), $"{at}:Sha256 must be the SHA-256 of the key in 64 hexadecimal digits: printf %s \"$KEY\" | sha256sum", failures);
        Require(key.Permissions.Count > 0, $"{at}:Permissions must name at least one permission.", failures);
        foreach (var permission in key.Permissions)
        {
            CheckName<Permission>(permission, $"{at}:Permissions", failures);
        }
    }

    private void CheckKeyless(TenantsOptions options, List<string> failures)
    {
        var keyless = options.Tenants.SelectMany(tenant => tenant.Sources.Where(source => source.Keys.Count == 0).Select(source => $"{tenant.Id}/{source.Id}")).ToArray();
        if (!BindAddress.IsLoopback(server.Value.BindAddress))
        {
            var which = options.Tenants.Count == 0 ? "there are none" : $"these have none: {string.Join(", ", keyless)}";
            Require(options.Tenants.Count > 0 && keyless.Length == 0, $"{ServerOptions.Section}:BindAddress is open to other machines, so every source in {TenantsOptions.Section} needs Keys; {which}. Add keys, or bind to 127.0.0.1.", failures);
        }

        Require(keyless.Length <= 1, $"{TenantsOptions.Section}: at most one source may be without Keys, or a call without a key could be from any of them: {string.Join(", ", keyless)}.", failures);
    }

    private static void CheckName<TEnum>(string? text, string at, List<string> failures)
        where TEnum : struct, Enum =>
        Require(text is null || SettingName<TEnum>.TryParse(text, out _), $"{at}: '{text}' is not one of {SettingName<TEnum>.All}.", failures);

    private static void CheckUnique(IEnumerable<string> values, string what, List<string> failures) =>
        failures.AddRange(values.GroupBy(value => value, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"{what} '{group.Key}' is there {group.Count()} times; it must be unique."));

    private static void Require(bool holds, string failure, List<string> failures)
    {
        if (!holds)
        {
            failures.Add(failure);
        }
    }

    private static IEnumerable<KeyOptions> Keys(TenantsOptions options) =>
        options.Tenants.SelectMany(tenant => tenant.Sources).SelectMany(source => source.Keys);

    [GeneratedRegex("^[a-z0-9-]{1,32}\\z")]
    private static partial Regex IdPattern();
}
