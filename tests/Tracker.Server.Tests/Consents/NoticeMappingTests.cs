using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Server.Consents;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Consents;

public class NoticeMappingTests
{
    [Fact]
    public void How_long_a_notice_says_that_data_is_kept_and_whether_it_tells_of_earlier_visits_is_told_as_it_was_sent()
    {
        var sent = new Wire.RegisterNoticeRequest { RetentionTerms = { new Wire.NoticeTerm { Purpose = Wire.Purpose.Profiling, Period = "P1Y" } }, LinksEarlierVisits = true };

        var scope = sent.ToCore().Scope;
        var told = Notice(scope).ToWire().Notice;

        Assert.Equal([new NoticeTerm(Purpose.Profiling, CalendarPeriod.OfMonths(12))], scope.RetentionTerms);
        Assert.True(scope.LinksEarlierVisits && told.LinksEarlierVisits);
        Assert.Equal([new Wire.NoticeTerm { Purpose = Wire.Purpose.Profiling, Period = "P12M" }], told.RetentionTerms);
    }

    [Fact]
    public void A_term_that_is_no_period_or_of_no_purpose_is_named_by_its_field()
    {
        var sent = new Wire.RegisterNoticeRequest
        {
            RetentionTerms =
            {
                new Wire.NoticeTerm { Purpose = Wire.Purpose.Profiling, Period = "two years" },
                new Wire.NoticeTerm { Purpose = (Wire.Purpose)99, Period = "P1Y" },
                new Wire.NoticeTerm { Purpose = Wire.Purpose.Analytics, Period = "P1201M" },
                new Wire.NoticeTerm { Purpose = Wire.Purpose.Analytics, Period = "P200000000Y" },
            },
        };

        Assert.Equal(["retention_terms[0].period", "retention_terms[1].purpose", "retention_terms[2].period", "retention_terms[3].period"], sent.ToCore().Violations.Select(violation => violation.Field));
    }

    private static Notice Notice(NoticeScope scope) => new()
    {
        Tenant = new("demo"),
        Id = "privacy",
        Version = "1",
        Text = "…",
        Sha256 = "00",
        Language = "en",
        EffectiveAt = DateTimeOffset.UnixEpoch,
        Medium = NoticeMedium.Written,
        Purposes = [Purpose.Profiling],
        Scope = scope,
        RegisteredAt = DateTimeOffset.UnixEpoch,
        ExpireAt = DateTimeOffset.UnixEpoch,
    };
}
