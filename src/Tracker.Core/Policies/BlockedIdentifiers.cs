using System.Collections.Frozen;
using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>Values that name nobody in particular: the shop's own number, the address of customers who have none. Normalised; of e-mail also whole domains, as "@shop.example".</summary>
public sealed class BlockedIdentifiers(IEnumerable<(IdentifierKind Kind, string Value)> values)
{
    private readonly FrozenSet<(IdentifierKind, string)> _values = values.ToFrozenSet();

    public bool Contains(IdentifierKind kind, string normalised) =>
        _values.Count > 0
        && (_values.Contains((kind, normalised))
            || (kind == IdentifierKind.Email && _values.Contains((kind, normalised[normalised.IndexOf('@', StringComparison.Ordinal)..]))));
}
