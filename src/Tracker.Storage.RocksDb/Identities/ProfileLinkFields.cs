using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Identities;

internal static class ProfileLinkFields
{
    public static void Write(DocumentWriter writer, ProfileLink link)
    {
        writer.Guid(link.Id.Value);
        writer.Guid(link.First.Value);
        writer.Guid(link.Second.Value);
        writer.Guid(link.Undoes?.Value ?? Guid.Empty);
        writer.Time(link.LinkedAt);
        writer.Text(link.Source.Value);
        writer.Text(link.CaseReference);
    }

    public static ProfileLink Read(ref DocumentReader reader) => new()
    {
        Id = new(reader.Guid()),
        First = new(reader.Guid()),
        Second = new(reader.Guid()),
        Undoes = reader.Guid() is var undone && undone == Guid.Empty ? null : new LinkId(undone),
        LinkedAt = reader.Time(),
        Source = new(reader.Text()),
        CaseReference = reader.Text(),
    };
}
