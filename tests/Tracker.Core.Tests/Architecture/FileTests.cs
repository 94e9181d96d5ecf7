using System.Text.RegularExpressions;

namespace Tracker.Core.Tests.Architecture;

public partial class FileTests
{
    private const int MaxLines = 300;

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold() =>
        Assert.Empty(SourceTree.Sources().Where(file => File.ReadLines(file).Count() > MaxLines).Select(SourceTree.Name));

    [Fact]
    public void Nothing_is_left_for_later_or_folded_away() =>
        Assert.Empty(SourceTree.Sources().Where(file => MarkPattern().IsMatch(File.ReadAllText(file))).Select(SourceTree.Name));

    // Put together here, or this file would find itself.
    [GeneratedRegex("//.*\\b(TO" + "DO|FIX" + "ME|HA" + "CK)\\b|^\\s*#re" + "gion", RegexOptions.Multiline)]
    private static partial Regex MarkPattern();
}
