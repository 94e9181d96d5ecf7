using CsCheck;
using Tracker.Cache.Redis;
using Tracker.Storage.Tests.Contracts.Documents;

namespace Tracker.Storage.Tests.Redis;

public sealed class LedgerJsonTests
{
    [Fact]
    public void A_remembered_ledger_has_every_field_of_every_entry() => ArbitraryTerms.Consent.List[0, 3].Sample(entries =>
        Snapshot.Of(LedgerJson.Read(LedgerJson.Write(entries))!) == Snapshot.Of(entries));

    [Theory]
    [InlineData("")]
    [InlineData("[{}]")]
    [InlineData("no ledger")]
    public void What_is_no_ledger_is_none(string text) => Assert.Null(LedgerJson.Read(System.Text.Encoding.UTF8.GetBytes(text)));
}
