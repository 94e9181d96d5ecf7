using MongoDB.Bson;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Consents;

/// <summary>What a notice tells of beyond its purposes.</summary>
internal static class NoticeScopeFields
{
    public static void Write(DocumentWriter written, NoticeScope scope)
    {
        if (scope.Controller is { } controller)
        {
            written.Document("controller", controller, WriteController);
        }

        written.Documents("recipients", scope.Recipients, WriteRecipient);
        written.Numbers("contact_channels", scope.ContactChannels, channel => (int)channel);
        written.Numbers("data_categories", scope.DataCategories, category => (int)category);
        written.Texts("storage_locations", scope.StorageLocations);
        written.Texts("withdrawal_methods", scope.WithdrawalMethods);
        written.Documents("retention_terms", scope.RetentionTerms, WriteTerm);
        written.Text("uri", scope.Uri);
        written.Flag("child_language", scope.IsChildLanguage);
        written.Flag("material_change", scope.IsMaterialChange);
        written.Flag("earlier_visits", scope.LinksEarlierVisits);
    }

    public static NoticeScope Read(BsonDocument document) => new()
    {
        Controller = document.TryGetValue("controller", out var controller) ? ReadController(controller.AsBsonDocument) : null,
        Recipients = document.List("recipients", value => ReadRecipient(value.AsBsonDocument)),
        ContactChannels = document.List("contact_channels", value => (ContactChannel)value.AsInt32),
        DataCategories = document.List("data_categories", value => (DataCategory)value.AsInt32),
        StorageLocations = document.Texts("storage_locations"),
        WithdrawalMethods = document.Texts("withdrawal_methods"),
        RetentionTerms = document.List("retention_terms", value => ReadTerm(value.AsBsonDocument)),
        Uri = document.Text("uri"),
        IsChildLanguage = document.Flag("child_language"),
        IsMaterialChange = document.Flag("material_change"),
        LinksEarlierVisits = document.Flag("earlier_visits"),
    };

    public static void WriteTerm(DocumentWriter written, NoticeTerm term)
    {
        written.Add("purpose", (int)term.Purpose);
        written.Add("period", term.Period.ToString());
    }

    public static NoticeTerm ReadTerm(BsonDocument document) => new((Purpose)document.Number("purpose"), CalendarPeriod.Parse(document.Text("period")));

    private static void WriteController(DocumentWriter written, NoticeController controller)
    {
        written.Add("id", controller.Id);
        written.Add("name", controller.Name);
        written.Add("contact", controller.Contact);
        written.Add("address", controller.Address);
    }

    private static void WriteRecipient(DocumentWriter written, NoticeRecipient recipient)
    {
        written.Add("id", recipient.Id);
        written.Add("role", recipient.Role);
        written.Add("country", recipient.Country);
    }

    private static NoticeController ReadController(BsonDocument document) =>
        new(document.Text("id"), document.Text("name"), document.Text("contact"), document.Text("address"));

    private static NoticeRecipient ReadRecipient(BsonDocument document) => new(document.Text("id"), document.Text("role"), document.Text("country"));
}
