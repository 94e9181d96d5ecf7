using Tracker.Core.Model;

namespace Tracker.Core.Policies.Reading;

/// <summary>Identifiers that name nobody in particular. What is wrong with one is told by its place, not by its value.</summary>
internal sealed class BlockedReader(Findings findings)
{
    private const string List = "$.blocked_identifiers";

    public BlockedIdentifiers Read(IReadOnlyList<PolicyDocument.BlockedEntry> entries)
    {
        findings.Unique(entries.Select(entry => entry.Id), List, "id");
        return new([.. entries.SelectMany((entry, i) => Read(entry, Findings.Item(List, entry.Id, i)))]);
    }

    private List<(IdentifierKind Kind, string Value)> Read(PolicyDocument.BlockedEntry entry, string path)
    {
        findings.Check(entry.Id.Length is > 0 and <= 64, $"{path}.id", "1 to 64 characters");
        findings.Check(entry.Values.Count > 0, $"{path}.values", "at least one value is required");
        findings.Check(entry.Reason.Length > 0, $"{path}.reason", "why these values name nobody is required");
        var kind = findings.Name<IdentifierKind>(entry.Kind, $"{path}.kind");
        List<(IdentifierKind Kind, string Value)> read = [];
        for (var i = 0; kind != IdentifierKind.Unspecified && i < entry.Values.Count; i++)
        {
            // A domain is read as that of anybody in it.
            var isDomain = kind == IdentifierKind.Email && entry.Values[i].StartsWith('@');
            var sent = new Identifier(kind, isDomain ? $"anybody{entry.Values[i]}" : entry.Values[i]);
            var finding = IdentifierNormaliser.TryNormalise(sent, region: null, out var normalised);
            findings.Check(finding is null, $"{path}.values[{i}]", kind == IdentifierKind.Phone ? "must be a telephone number with country code, as +390612345678" : $"{finding}");
            read.Add((kind, isDomain ? normalised[(normalised.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? at : 0)..] : normalised));
        }

        return read;
    }
}
