using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracker.Core.Policies;

/// <summary>A policy as written in JSON, before anything of it is believed.</summary>
internal sealed record PolicyDocument
{
    public string Profile { get; init; } = "";

    public string Version { get; init; } = "";

    public string Description { get; init; } = "";

    public string TimeZone { get; init; } = "";

    public string ActivityWindow { get; init; } = "";

    public string QuoteValidity { get; init; } = "";

    public string ConsentValidity { get; init; } = "";

    public string OuterCap { get; init; } = "";

    public IReadOnlyList<PurposeEntry> Purposes { get; init; } = [];

    public IReadOnlyList<LegalRuleEntry> LegalRules { get; init; } = [];

    public IReadOnlyList<RuleEntry> Rules { get; init; } = [];

    public IReadOnlyList<TypeEntry> Types { get; init; } = [];

    internal sealed record PurposeEntry
    {
        public string Purpose { get; init; } = "";

        public string Class { get; init; } = "";

        public string ConsentGround { get; init; } = "";

        public IReadOnlyList<string> Needs { get; init; } = [];

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Matrix { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
    }

    internal sealed record LegalRuleEntry
    {
        public string Id { get; init; } = "";

        public string Purpose { get; init; } = "";

        public IReadOnlyList<string> Types { get; init; } = [];
    }

    internal sealed record RuleEntry
    {
        public string Id { get; init; } = "";

        public string Purpose { get; init; } = "";

        public string? Category { get; init; }

        public string? Basis { get; init; }

        public IReadOnlyList<EndEntry> Ends { get; init; } = [];

        public string? OuterCap { get; init; }

        public string LegalReference { get; init; } = "";
    }

    internal sealed record EndEntry
    {
        public string Anchor { get; init; } = "";

        public string Period { get; init; } = "";

        public string Kind { get; init; } = "";
    }

    internal sealed record TypeEntry
    {
        public string Name { get; init; } = "";

        public string Description { get; init; } = "";

        public IReadOnlyList<string> Purposes { get; init; } = [];

        public IReadOnlyList<string> DefaultPurposes { get; init; } = [];

        public string Identifier { get; init; } = "";

        public string Initiator { get; init; } = "";

        public bool MovesLastInteraction { get; init; }

        public string? Establishes { get; init; }

        public bool EndsContract { get; init; }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(PolicyDocument))]
internal sealed partial class PolicyDocumentJson : JsonSerializerContext;
