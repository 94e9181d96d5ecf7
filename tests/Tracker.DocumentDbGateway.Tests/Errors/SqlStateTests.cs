using Tracker.DocumentDbGateway.Errors;

namespace Tracker.DocumentDbGateway.Tests.Errors;

public class SqlStateTests
{
    [Theory]
    [InlineData(16_777_245, 2)]
    [InlineData(319_029_277, 11_000)]
    [InlineData(121, 121)]
    public void A_code_inside_a_reply_is_unpacked(int packed, int code) => Assert.Equal(code, (int)SqlState.FromPacked(packed));

    [Theory]
    [InlineData("M001C", 11_000)]
    [InlineData("M00CO", 121)]
    [InlineData("M0ZZZ", 2)]
    [InlineData("23505", 11_000)]
    [InlineData("40001", 112)]
    [InlineData("57P01", 91)]
    [InlineData("XX000", 1)]
    public void Every_state_has_a_code(string state, int code) => Assert.Equal(code, (int)SqlState.ToCode(state));
}
