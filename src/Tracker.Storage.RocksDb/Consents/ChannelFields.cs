using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Consents;

internal static class ChannelFields
{
    public static void Channels(this DocumentWriter writer, IReadOnlyList<ContactChannel> channels)
    {
        writer.Count(channels.Count);
        foreach (var channel in channels)
        {
            writer.Byte((byte)channel);
        }
    }

    public static ContactChannel[] Channels(this ref DocumentReader reader)
    {
        var channels = new ContactChannel[reader.Count()];
        for (var i = 0; i < channels.Length; i++)
        {
            channels[i] = (ContactChannel)reader.Byte();
        }

        return channels;
    }
}
