using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Identities;

/// <summary>Systems of a tenant that number customers, cards, tokens or receipts on their own: 1001 of one is not 1001 of the other.</summary>
public static class IdentifierSchemes
{
    /// <summary>What is numbered by systems. An e-mail address or a telephone number is the same everywhere.</summary>
    public static readonly IReadOnlyList<IdentifierKind> Kinds = [IdentifierKind.CustomerNumber, IdentifierKind.LoyaltyCard, IdentifierKind.PaymentToken, IdentifierKind.Receipt];

    /// <returns>The scheme that counts; empty: none.</returns>
    public static string Of(Caller caller, Identifier identifier) =>
        identifier.Scheme.Length > 0 ? identifier.Scheme : caller.Schemes.GetValueOrDefault(identifier.Kind, "");

    /// <returns>Why it may not stand there; null: it may.</returns>
    public static string? Check(Caller caller, Identifier identifier) =>
        identifier.Scheme.Length == 0 ? null
        : !Kinds.Contains(identifier.Kind) ? $"must be empty for this kind: only {string.Join(", ", Kinds.Select(EnumNames<IdentifierKind>.Of))} are numbered by systems"
        : !caller.KnownSchemes.Contains(identifier.Scheme) ? $"must be a scheme that a source of the tenant is configured with: {(caller.KnownSchemes.Count == 0 ? "there is none" : string.Join(", ", caller.KnownSchemes.Order(StringComparer.Ordinal)))}"
        : null;
}
