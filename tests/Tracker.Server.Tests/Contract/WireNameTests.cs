using Tracker.Core.Model;
using Tracker.Server.Model;

namespace Tracker.Server.Tests.Contract;

public class WireNameTests
{
    [Theory]
    [InlineData(Reason.NoLegalBasis, "NO_LEGAL_BASIS")]
    [InlineData(Reason.Art9Condition, "ART9_CONDITION")]
    [InlineData(Reason.EprivacyGround, "EPRIVACY_GROUND")]
    public void A_reason_is_written_in_upper_snake_case(Reason reason, string written) => Assert.Equal(written, reason.ToWire());

    [Fact]
    public void No_reason_is_written_as_nothing() => Assert.Equal("", Reason.None.ToWire());

    [Theory]
    [InlineData("DIRECT_MARKETING")]
    [InlineData("PURPOSE_DIRECT_MARKETING")]
    public void A_purpose_is_read_with_and_without_the_name_of_its_enum(string text)
    {
        Assert.True(WireName<Purpose>.TryParse(text, out var purpose));
        Assert.Equal(Purpose.DirectMarketing, purpose);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("MARKETING")]
    public void What_is_no_name_is_not_read(string text) => Assert.False(WireName<Purpose>.TryParse(text, out _));
}
