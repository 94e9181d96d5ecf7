using System.Text.RegularExpressions;

namespace Tracker.Core.Tests.Architecture;

public partial class FeatureTests
{
    // Only Ingestion orchestrates; nobody uses Ingestion or Rights.
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Model"] = [],
        ["Security"] = ["Model"],
        ["Policies"] = ["Model"],
        ["Identities"] = ["Model", "Security", "Policies"],
        ["Consents"] = ["Model", "Policies", "Security", "Identities"],
        ["Retention"] = ["Model", "Policies", "Security", "Identities", "Consents", "Catalog"],
        ["Catalog"] = ["Model", "Policies", "Security"],
        ["Live"] = ["Model"],
        ["Profiles"] = ["Model", "Security", "Policies", "Consents", "Identities", "Catalog"],
        ["Insights"] = ["Model", "Policies", "Consents", "Catalog"],
        ["Ingestion"] = ["Model", "Security", "Policies", "Identities", "Consents", "Retention", "Catalog", "Live", "Insights"],
        ["Rights"] = ["Model", "Security", "Policies", "Identities", "Consents", "Retention", "Catalog", "Profiles", "Insights"],
    };

    public static TheoryData<string> Features =>
        [.. Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, "src", "Tracker.Core")).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("obj" or "bin"))];

    [Theory]
    [MemberData(nameof(Features))]
    public void A_feature_uses_only_the_features_it_may(string feature)
    {
        Assert.Contains(feature, MayUse.Keys);
        var strangers = SourceTree.Files(Path.Combine("src", "Tracker.Core", feature), "*.cs")
            .SelectMany(file => Used(file).Where(used => used != feature && !MayUse[feature].Contains(used)).Select(used => $"{SourceTree.Name(file)} uses {used}"));

        Assert.Empty(strangers);
    }

    [Fact]
    public void The_table_has_no_circle()
    {
        var order = new List<string>();
        while (MayUse.Keys.FirstOrDefault(feature => !order.Contains(feature) && MayUse[feature].All(order.Contains)) is { } next)
        {
            order.Add(next);
        }

        Assert.Equal(MayUse.Count, order.Count);
    }

    private static IEnumerable<string> Used(string file) =>
        UsePattern().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).Distinct();

    [GeneratedRegex(@"^using (?:static |\w+ = )?Tracker\.Core\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex UsePattern();
}
