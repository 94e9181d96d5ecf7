using MongoDB.Bson;

namespace Tracker.DocumentDbGateway.Errors;

internal static class ErrorReply
{
    public static ReadOnlyMemory<byte> Of(CommandException error)
    {
        var reply = new BsonDocument
        {
            { "ok", 0.0 },
            { "errmsg", error.Message },
            { "code", (int)error.Code },
            { "codeName", NameOf(error.Code) },
        };
        if (error.Labels.Count > 0)
        {
            reply["errorLabels"] = new BsonArray(error.Labels);
        }

        return reply.ToBson();
    }

    private static string NameOf(ErrorCode code)
    {
        const int firstWithoutName = 50_000;
        return (int)code < firstWithoutName && Enum.IsDefined(code) ? code.ToString() : $"Location{(int)code}";
    }
}
