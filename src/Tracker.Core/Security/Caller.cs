using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>Who calls: a source of a tenant, and what it may do.</summary>
public sealed record Caller
{
    public required TenantId Tenant { get; init; }

    public required SourceId Source { get; init; }

    /// <summary>The channel of interactions that state none.</summary>
    public Channel Channel { get; init; }

    /// <summary>Region by ISO 3166-1, such as "IT", of telephone numbers that state no country; null: such a number is refused.</summary>
    public string? Region { get; init; }

    /// <summary>Purposes of interactions that state none, by type; the catalogue's where a type is missing.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Purpose>> DefaultPurposes { get; init; } =
        new Dictionary<string, IReadOnlyList<Purpose>>();

    /// <summary>Its service is directed at children: whose age is not known counts as a minor (E15).</summary>
    public bool IsChildDirected { get; init; }

    /// <summary>Its devices and cookies are of tills, kiosks or tablets that many people use: they lead to nobody (E11).</summary>
    public bool HasSharedDevices { get; init; }

    /// <summary>Whose numbers it sends, by kind, where systems of the tenant number on their own; a missing kind has one numbering.</summary>
    public IReadOnlyDictionary<IdentifierKind, string> Schemes { get; init; } = new Dictionary<IdentifierKind, string>();

    /// <summary>Those of all sources of the tenant, which an identifier may name.</summary>
    public IReadOnlySet<string> KnownSchemes { get; init; } = new HashSet<string>();

    /// <summary>Interactions that the source may send each second to one node; null: as many as there is room for.</summary>
    public int? MaxPerSecond { get; init; }

    public IReadOnlySet<Permission> Permissions { get; init; } = new HashSet<Permission>();
}
