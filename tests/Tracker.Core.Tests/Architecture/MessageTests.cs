using System.Text.RegularExpressions;

namespace Tracker.Core.Tests.Architecture;

/// <summary>Whoever reads a message has the law at hand, and not our list of requirements.</summary>
public partial class MessageTests
{
    [Fact]
    public void No_message_names_a_provision_by_a_number_of_ours() => Assert.Empty(
        SourceTree.Files("src", "*.cs").SelectMany(file => File.ReadLines(file)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && NumberOfOurs().IsMatch(line))
            .Select(line => $"{SourceTree.Name(file)}: {line.Trim()}")));

    [GeneratedRegex("\"[^\"]*\\b(R-\\d{3}|E\\d{2}|C\\d)\\b[^\"]*\"")]
    private static partial Regex NumberOfOurs();
}
