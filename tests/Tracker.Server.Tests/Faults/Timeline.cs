using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

internal static class Timeline
{
    /// <returns>The message ids of all that is readable, in the order of their text.</returns>
    public static async Task<IEnumerable<string>> ReadAsync(Node node, Wire.Identifier person, Wire.Purpose purpose, CancellationToken cancellation)
    {
        List<string> found = [];
        var request = new Wire.ListInteractionsRequest { Profile = new() { Identifier = person }, Purpose = purpose, PageSize = 500 };
        do
        {
            var page = await node.Profiles.ListInteractionsAsync(request, cancellationToken: cancellation);
            found.AddRange(page.Interactions.Select(interaction => interaction.MessageId));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return found.Order(StringComparer.Ordinal);
    }
}
