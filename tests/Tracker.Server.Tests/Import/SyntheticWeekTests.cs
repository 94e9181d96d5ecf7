using Tracker.Server.Import.Rows;
using Tracker.Server.Tests.Import.Synthetic;

namespace Tracker.Server.Tests.Import;

public sealed class SyntheticWeekTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_checked_in_week_is_what_the_generator_makes()
    {
        var week = SyntheticWeek.Create();
        if (Environment.GetEnvironmentVariable("TRACKER_WRITE_SAMPLES") is "1")
        {
            await SampleFile.WriteAsync(week, _cancellation);
        }

        Assert.Equal(week.Csv, await SampleFile.ReadCsvAsync(_cancellation));
        Assert.Equal(SampleFile.Describe(week.Counts), await File.ReadAllTextAsync(SampleFile.Counts, _cancellation));
    }

    [Fact]
    public async Task An_import_of_the_week_counts_what_was_made_up()
    {
        var counts = SyntheticWeek.Create().Counts;

        var groups = await Retail.MapAsync("online-retail", _cancellation, SampleFile.Csv);

        var ready = groups.OfType<MappedGroup.Ready>().Select(group => group.Interaction).ToList();
        Assert.Equal(
            (counts.Skipped, counts.Sent, counts.Placed, counts.Cancelled, counts.Anonymous),
            (groups.OfType<MappedGroup.Skipped>().Count(), ready.Count, Count("order.placed"), Count("order.cancelled"), Count("purchase.completed")));
        Assert.Equal(counts.TotalPence / 100m, ready.Sum(interaction => interaction.Content.Commerce.Total.DecimalValue));

        int Count(string type) => ready.Count(interaction => interaction.Type == type);
    }

    [Fact]
    public void The_week_holds_every_oddity_of_a_real_file()
    {
        var week = SyntheticWeek.Create();
        var rows = week.Csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        var invoices = rows.Select(row => row[..row.IndexOf(',', StringComparison.Ordinal)]).ToList();

        Assert.InRange(week.Counts.Read, 2_000, 6_000);
        Assert.InRange(week.Counts.Sent + week.Counts.Skipped, 300, 400);
        Assert.All([week.Counts.Skipped, week.Counts.Cancelled, week.Counts.Anonymous], count => Assert.True(count > 10));
        Assert.True(rows.Distinct().Count() < rows.Count, "duplicate lines");
        Assert.Single(Runs(invoices).GroupBy(invoice => invoice), runs => runs.Count() > 1);
    }

    private static IEnumerable<string> Runs(List<string> invoices) =>
        invoices.Where((invoice, index) => index == 0 || invoices[index - 1] != invoice);
}
