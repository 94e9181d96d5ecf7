using MongoDB.Bson;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Tests.Wire;

public class RequestReaderTests
{
    [Fact]
    public void A_command_says_its_name_database_session_and_transaction()
    {
        var session = new BsonDocument("id", new BsonBinaryData(Guid.Empty, GuidRepresentation.Standard));

        var request = Read(new() { { "insert", "people" }, { "lsid", session }, { "txnNumber", 7L }, { "startTransaction", true }, { "autocommit", false }, { "$db", "shop" } });

        Assert.Equal(("insert", "shop", "people"), (request.Command, request.Database, request.Collection));
        Assert.Equal((7L, true, true), (request.TransactionNumber, request.StartsTransaction, request.IsInTransaction));
        Assert.NotEmpty(request.Session);
    }

    [Fact]
    public void A_number_without_a_transaction_is_that_of_a_retryable_write()
    {
        var session = new BsonDocument("id", new BsonBinaryData(Guid.Empty, GuidRepresentation.Standard));

        Assert.True(Read(new() { { "insert", "people" }, { "lsid", session }, { "txnNumber", 7 } }).IsRetryableWrite);
        Assert.False(Read(new() { { "insert", "people" }, { "lsid", session }, { "txnNumber", 7 }, { "autocommit", false } }).IsRetryableWrite);
        Assert.False(Read(new() { { "insert", "people" }, { "lsid", session } }).IsRetryableWrite);
    }

    [Fact]
    public void The_documents_of_a_bulk_are_passed_on_as_they_stand()
    {
        BsonDocument first = new("_id", 1), second = new("_id", 2);

        var request = RequestReader.Read(Operation.Message, 1, Messages.Of(new("insert", "people"), 0, "documents", first, second));

        Assert.Equal([.. first.ToBson(), .. second.ToBson()], request.Sequence!.Value.ToArray());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_checksum_is_left_out_and_more_to_come_wants_no_reply(int flags, bool wantsReply)
    {
        var request = RequestReader.Read(Operation.Message, 1, Messages.Of(new("ping", 1), flags));

        Assert.Equal("ping", request.Command);
        Assert.Equal(wantsReply, request.WantsReply);
    }

    [Fact]
    public void The_first_hello_comes_as_a_query()
    {
        var request = RequestReader.Read(Operation.Query, 1, Messages.LegacyQuery("admin.$cmd", new() { { "isMaster", 1 }, { "helloOk", true } }));

        Assert.True(request.IsLegacyQuery);
        Assert.Equal(("isMaster", "admin"), (request.Command, request.Database));
    }

    [Fact]
    public void A_message_cut_anywhere_is_refused()
    {
        var whole = Messages.Of(new() { { "insert", "people" }, { "lsid", new BsonDocument("id", 1) }, { "$db", "shop" } }, 0, "documents", new BsonDocument("_id", 1));

        Assert.All(Enumerable.Range(0, whole.Length).Where(length => length != whole.Length - 1 - 4 - "documents".Length - 1 - new BsonDocument("_id", 1).ToBson().Length), length =>
            Assert.Throws<ProtocolException>(() => RequestReader.Read(Operation.Message, 1, whole.AsMemory(0, length))));
    }

    [Fact]
    public void An_operation_of_another_age_is_refused() =>
        Assert.Throws<ProtocolException>(() => RequestReader.Read(2002, 1, Messages.Of(new("ping", 1))));

    private static Request Read(BsonDocument command) => RequestReader.Read(Operation.Message, 1, Messages.Of(command));
}
