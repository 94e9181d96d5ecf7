using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Identities;

/// <summary>From an identifier as a caller sent it to what it is known by.</summary>
public sealed class IdentifierReader(KeyedHasher hasher, PolicyRegister policies)
{
    /// <summary>A value that many people use names none of them.</summary>
    public const string Blocked = "is blocked by the policy, or of a machine that the source shares among people: it names more than one person";

    /// <param name="caller">Whose region counts for a telephone number without country code.</param>
    /// <param name="identifier">As it was sent.</param>
    public ReadIdentifier Read(Caller caller, Identifier identifier) =>
        IdentifierSchemes.Check(caller, identifier) is { } unknown ? ReadIdentifier.Wrong(unknown, "scheme")
        : IdentifierNormaliser.TryNormalise(identifier, caller.Region, out var normalised) is { } finding ? ReadIdentifier.Wrong(finding, "value")
        : new(
            hasher.Identifier(caller.Tenant, identifier.Kind, IdentifierSchemes.Of(caller, identifier), normalised),
            Finding: null,
            IsBlocked(caller, policies.For(caller.Tenant), identifier.Kind, normalised));

    private static bool IsBlocked(Caller caller, Policy policy, IdentifierKind kind, string normalised) =>
        (caller.HasSharedDevices && policy.Identity.NamesAMachine(kind)) || policy.BlockedIdentifiers.Contains(kind, normalised);
}
