using Tracker.Core.Model;
using Tracker.Server.Model;

namespace Tracker.Server.Tests.Model;

public class ReasonTests
{
    [Theory]
    [InlineData(Reason.None, "")]
    [InlineData(Reason.NoLegalBasis, "NO_LEGAL_BASIS")]
    [InlineData(Reason.Art9Condition, "ART9_CONDITION")]
    [InlineData(Reason.EprivacyGround, "EPRIVACY_GROUND")]
    public void A_reason_is_written_in_upper_snake_case(Reason reason, string written) => Assert.Equal(written, reason.ToWire());
}
