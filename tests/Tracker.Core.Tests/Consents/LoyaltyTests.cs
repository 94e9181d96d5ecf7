using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>The card is a contract; profiling and marketing are asked for, each for itself (Garante 1103045).</summary>
public sealed class LoyaltyTests : LedgerTests
{
    private static readonly Purpose[] Asked = [Purpose.LoyaltyProgramme, Purpose.Profiling, Purpose.DirectMarketing];

    [Fact]
    [Trait("Compliance", "R-158")]
    public async Task Without_a_consent_to_profiling_a_scan_earns_points_and_the_basket_is_not_linked()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));

        var scan = await ScanAsync("scan-1");

        Assert.Equal([Purpose.LoyaltyProgramme], scan.Grants.Select(grant => grant.Purpose));
        Assert.Equal(
            [new(Purpose.Profiling, Reason.ConsentMissing), new(Purpose.DirectMarketing, Reason.ConsentMissing)],
            scan.Denials.OrderByDescending(denial => denial.Purpose == Purpose.Profiling));
        Assert.Contains("content.commerce.lines", scan.StrippedFields);
        var kept = Assert.Single((await Tracker.TimelineAsync(An.Ada, Purpose.LoyaltyProgramme)).Items);
        Assert.Equal((21m, null), (kept.Content.Commerce!.Total!.Value.Amount, kept.Content.Commerce.Lines));
        Assert.Empty((await Tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
    }

    [Fact]
    [Trait("Compliance", "R-158")]
    public async Task Points_profiling_and_marketing_are_three_purposes_and_each_consent_opens_one()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        var profiling = An.Consent(Purpose.Profiling, An.Ada);
        await RecordAsync(profiling);

        var first = await ScanAsync("scan-1");
        var sameBox = await RefusedAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "both") with { Evidence = profiling.Evidence });
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada));
        var second = await ScanAsync("scan-2");

        Assert.Equal([Purpose.LoyaltyProgramme, Purpose.Profiling], first.Grants.Select(grant => grant.Purpose).OrderBy(AsAsked));
        Assert.Equal(RefusalReason.NotGranular, sameBox.Reason);
        Assert.Equal(Asked, second.Grants.Select(grant => grant.Purpose).OrderBy(AsAsked));
        Assert.Equal("scan-2", Assert.Single((await Tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items).MessageId);
    }

    private static int AsAsked(Purpose purpose) => Array.IndexOf(Asked, purpose);

    private Task<InteractionOutcome> ScanAsync(string id) => Tracker.RecordAsync(An.Receipt(id, An.Ada) with
    {
        Type = "loyalty.scanned",
        Purposes = Asked,
    });
}
