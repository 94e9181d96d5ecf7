namespace Tracker.Core.Tests.Architecture;

/// <summary>docs/compliance-coverage.md against the tests; TRACKER_UPDATE_DOCS=1 rewrites its last column first.</summary>
public class ComplianceCoverageTests
{
    private static readonly string[] Heart =
        ["R-005", "R-011", "R-012", "R-014", "R-020", "R-021", "R-027", "R-036", "R-037", "E01", "E03", "E04", "E05", "E18", "E38"];

    private readonly ILookup<string, string> _tests = ComplianceCoverage.ReadTests();

    public ComplianceCoverageTests()
    {
        if (Environment.GetEnvironmentVariable("TRACKER_UPDATE_DOCS") == "1")
        {
            ComplianceCoverage.WritePage(_tests);
        }
    }

    [Fact]
    public void Every_requirement_and_edge_case_has_one_row() =>
        Assert.Equal(ComplianceCoverage.Required, ComplianceCoverage.ReadPage().Select(row => row.Id));

    [Fact]
    public void Every_row_names_exactly_the_tests_that_bear_its_id() =>
        Assert.All(
            ComplianceCoverage.ReadPage().Where(row => _tests.Contains(row.Id)),
            row => Assert.Equal(ComplianceCoverage.Shown(_tests[row.Id], row.ShownBy), row.ShownBy));

    [Fact]
    public void A_row_without_a_test_names_the_part_where_it_will_be_done() =>
        Assert.All(
            ComplianceCoverage.ReadPage().Where(row => !_tests.Contains(row.Id)),
            row => Assert.Matches("^Part ([3-9]|10): .{5,}", row.ShownBy));

    [Fact]
    public void A_row_of_the_gate_itself_has_a_test() =>
        Assert.All(Heart, id => Assert.True(_tests.Contains(id), id));
}
