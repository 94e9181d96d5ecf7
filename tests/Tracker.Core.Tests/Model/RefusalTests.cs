using Tracker.Core.Model;

namespace Tracker.Core.Tests.Model;

public sealed class RefusalTests
{
    private static readonly Violation First = new("a", "is required");
    private static readonly Violation Second = new("b", "is required");

    [Fact]
    public void One_field_is_counted_as_one()
    {
        Assert.Equal("The request has 1 invalid field: a: is required", RefusalException.InvalidRequest([First]).Message);
        Assert.Equal("The proof has 1 invalid field: a: is required", RefusalException.InvalidEvidence([First]).Message);
    }

    [Fact]
    public void Several_fields_are_counted_as_several() =>
        Assert.Equal("The request has 2 invalid fields: a: is required; b: is required", RefusalException.InvalidRequest([First, Second]).Message);
}
