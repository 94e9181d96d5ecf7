using System.Globalization;

namespace Tracker.Core.Model;

/// <summary>An order, quote or contract that an interaction or a proof names.</summary>
/// <param name="Kind">"order", "quote" or "contract".</param>
/// <param name="Reference">Keyed hash of (tenant, kind, number).</param>
public readonly record struct NamedContract(string Kind, UInt128 Reference)
{
    /// <summary>The kind that is over with its delivery, cancellation or return.</summary>
    public const string Order = "order";

    /// <summary>The kind that goes on until somebody tells its end.</summary>
    public const string Continuing = "contract";

    /// <summary>How grants name it.</summary>
    public string Evidence => string.Create(CultureInfo.InvariantCulture, $"{Kind}:{Reference:x32}");

    /// <returns>The numbers that the proof of these rights names; what is proved by a word or an entry of the ledger names none.</returns>
    public static IEnumerable<NamedContract> In(IEnumerable<Grant> grants) => grants.SelectMany(grant => grant.EvidenceIds).Select(Read).OfType<NamedContract>();

    /// <returns>Null: it names no order and no contract.</returns>
    public static NamedContract? Read(string evidence) =>
        evidence.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
        && evidence[..colon] is Order or Continuing && evidence[..colon] is var kind
        && UInt128.TryParse(evidence.AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var reference)
            ? new(kind, reference)
            : null;
}
