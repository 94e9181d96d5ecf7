using Tracker.Contracts.V1;

namespace Tracker.Server.Import.Mappings;

/// <summary>An identifier in a column; an empty cell names nobody.</summary>
internal sealed record IdentifierRule(IdentifierKind Kind, Column Column, string StripSuffix)
{
    public string Read(string value) =>
        StripSuffix.Length > 0 && value.EndsWith(StripSuffix, StringComparison.Ordinal)
            ? value[..^StripSuffix.Length]
            : value;
}
