using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Consents;

/// <summary>What a notice tells of beyond its purposes; an older notice ends before it.</summary>
internal static class NoticeScopeFields
{
    public static void Write(DocumentWriter writer, NoticeScope scope)
    {
        writer.Flag(scope.Controller is not null);
        if (scope.Controller is { } controller)
        {
            writer.Texts([controller.Id, controller.Name, controller.Contact, controller.Address]);
        }

        writer.Count(scope.Recipients.Count);
        foreach (var recipient in scope.Recipients)
        {
            writer.Text(recipient.Id);
            writer.Text(recipient.Role);
            writer.Text(recipient.Country);
        }

        writer.Channels(scope.ContactChannels);
        writer.Count(scope.DataCategories.Count);
        foreach (var category in scope.DataCategories)
        {
            writer.Byte((byte)category);
        }

        writer.Texts(scope.StorageLocations);
        writer.Texts(scope.WithdrawalMethods);
        writer.Text(scope.Uri);
        writer.Flag(scope.IsChildLanguage);
        writer.Flag(scope.IsMaterialChange);
        WriteTerms(writer, scope.RetentionTerms);
        writer.Flag(scope.LinksEarlierVisits);
    }

    public static NoticeScope Read(ref DocumentReader reader) => new()
    {
        Controller = reader.Flag() ? ReadController(reader.Texts()) : null,
        Recipients = ReadRecipients(ref reader),
        ContactChannels = reader.Channels(),
        DataCategories = ReadCategories(ref reader),
        StorageLocations = reader.Texts(),
        WithdrawalMethods = reader.Texts(),
        Uri = reader.Text(),
        IsChildLanguage = reader.Flag(),
        IsMaterialChange = reader.Flag(),
        RetentionTerms = reader.IsAtEnd ? [] : ReadTerms(ref reader),
        LinksEarlierVisits = !reader.IsAtEnd && reader.Flag(),
    };

    public static void WriteTerms(DocumentWriter writer, IReadOnlyList<NoticeTerm> terms)
    {
        writer.Count(terms.Count);
        foreach (var term in terms)
        {
            writer.Byte((byte)term.Purpose);
            writer.Period(term.Period);
        }
    }

    public static NoticeTerm[] ReadTerms(ref DocumentReader reader)
    {
        var terms = new NoticeTerm[reader.Count()];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = new((Purpose)reader.Byte(), reader.Period()!.Value);
        }

        return terms;
    }

    private static NoticeController ReadController(IReadOnlyList<string> texts) => new(texts[0], texts[1], texts[2], texts[3]);

    private static NoticeRecipient[] ReadRecipients(ref DocumentReader reader)
    {
        var recipients = new NoticeRecipient[reader.Count()];
        for (var i = 0; i < recipients.Length; i++)
        {
            recipients[i] = new(reader.Text(), reader.Text(), reader.Text());
        }

        return recipients;
    }

    private static DataCategory[] ReadCategories(ref DocumentReader reader)
    {
        var categories = new DataCategory[reader.Count()];
        for (var i = 0; i < categories.Length; i++)
        {
            categories[i] = (DataCategory)reader.Byte();
        }

        return categories;
    }
}
