using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies;

public sealed class RetentionArithmeticTests
{
    private static readonly Policy Strict = PolicyRegister.LoadShipped(PolicyRegister.DefaultProfile);
    private static readonly DateTimeOffset Booked = new(2026, 3, 10, 12, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Tax_keeps_ten_years_from_the_booking_day()
    {
        var due = Due("IT-TAX-1", At(Booked));

        Assert.Equal(new DateTimeOffset(2036, 3, 10, 23, 0, 0, TimeSpan.Zero), due);
    }

    [Fact]
    public void An_order_whose_contract_is_still_open_ends_at_the_outer_cap()
    {
        var due = Due("IT-ORD-1", At(Booked));

        Assert.Equal(Booked.AddYears(11), due);
    }

    [Fact]
    public void An_order_that_is_over_ends_26_months_later()
    {
        var due = Due("IT-ORD-1", At(Booked) with { ContractEnd = Booked.AddDays(5) });

        Assert.Equal(new DateTimeOffset(2028, 5, 15, 12, 0, 0, TimeSpan.FromHours(2)), due);
    }

    [Fact]
    public void The_earliest_limit_ends_a_rule()
    {
        var due = Due("IT-PRO-1", At(Booked) with { ConsentEnd = Booked.AddMonths(3) });

        Assert.Equal(Booked.AddMonths(3), due);
    }

    [Fact]
    public void Every_shipped_rule_ends_at_the_outer_cap_at_the_latest_whatever_is_unknown()
    {
        var anchors = At(Booked);

        Assert.All(Strict.Rules, rule => Assert.True(RetentionArithmetic.Due(rule, anchors, Strict.Zone) <= Booked.AddYears(11), rule.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Purposes_of_one_class_end_together(bool isContractOver)
    {
        var anchors = At(Booked) with
        {
            ContractEnd = isContractOver ? Booked : null,
            ConsentEnd = Booked.AddYears(2),
            QuoteExpiry = Booked.AddMonths(6),
        };

        Assert.All(ClassesOfInteractions(), members => Assert.Single(members
            .Select(purpose => RetentionArithmetic.Due(Strict.FindRule(purpose, DataCategory.CommercialProfiling, LegalBasis.Consent)!, anchors, Strict.Zone))
            .Distinct()));
    }

    /// <summary>Purposes that some interaction may be kept for, by class.</summary>
    private static IEnumerable<IEnumerable<Purpose>> ClassesOfInteractions()
    {
        var asked = Strict.Types.Values.SelectMany(type => type.AdmissiblePurposes).ToHashSet();
        return asked.GroupBy(purpose => Strict.Purposes[purpose].Class);
    }

    private static DateTimeOffset Due(string rule, RetentionAnchors anchors) =>
        RetentionArithmetic.Due(Strict.Rules.Single(candidate => candidate.Id == rule), anchors, Strict.Zone);

    private static RetentionAnchors At(DateTimeOffset instant) => new()
    {
        EventTime = instant,
        FiscalEntry = CalendarArithmetic.LocalDate(instant, Strict.Zone),
        LastInteraction = instant,
    };
}
