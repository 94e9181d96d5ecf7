using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Security;

/// <summary>
/// What is inside the seal of a contact document. Of each purpose the latest statement of a field counts: what was given for one
/// may not be read for another (GDPR Art. 5(1)(b)), nor take from another what that was given. What was said on one
/// consent goes with it, though another to the same purpose stands.
/// </summary>
/// <param name="Content">Contact and preferences only.</param>
/// <param name="SeenAt">When each field was stated, by its path: a late message must not overwrite a newer value.</param>
/// <param name="KeptFor">The purposes each field was kept for, by its path.</param>
public sealed record ContactContent(
    InteractionContent Content,
    IReadOnlyDictionary<string, DateTimeOffset> SeenAt,
    IReadOnlyDictionary<string, IReadOnlyList<Purpose>> KeptFor)
{
    public static readonly ContactContent Empty =
        new(InteractionContent.Empty, new Dictionary<string, DateTimeOffset>(), new Dictionary<string, IReadOnlyList<Purpose>>());

    /// <summary>What each field rests on, by its path; null: from before it was kept.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<StatedFor>>? Proofs { get; init; }

    /// <summary>Which source stated each field, by its path; null: from before it was kept.</summary>
    public IReadOnlyDictionary<string, string>? Sources { get; init; }

    /// <summary>Older statements of the same fields, for the purposes that have no newer one; null: there are none.</summary>
    public ContactContent? Older { get; init; }

    /// <summary>What that purpose was given of each field last, and when.</summary>
    /// <param name="maySee">Which of it may still be seen for the purpose.</param>
    public IReadOnlyList<SaidField> Said(Purpose purpose, Func<ContentField, StatedFor, bool> maySee) =>
    [
        .. Statements()
            .Where(statement => statement.For.Any(stated => stated.Purpose == purpose && maySee(statement.Field, stated)))
            .DistinctBy(statement => statement.Field)
            .Select(statement => new SaidField(statement.Field, statement.Value, statement.At, statement.Source, [.. statement.For.Where(stated => stated.Purpose == purpose).SelectMany(stated => stated.Proof ?? [])])),
    ];

    /// <summary>With what is stated now, in whatever order statements come.</summary>
    /// <param name="source">Who sent it.</param>
    /// <param name="needed">For what each field of it is kept.</param>
    /// <param name="isHeld">A hold keeps older statements, too, to be read for nothing.</param>
    public ContactContent State(InteractionContent stated, DateTimeOffset at, SourceId source, Func<ContentField, IReadOnlyList<StatedFor>> needed, bool isHeld = false) => Of(
        stated.Fields().Members()
            .Select(field => new ContactStatement(field, Only(field, stated), at, needed(field), source.Value))
            .Where(statement => statement.For.Count > 0)
            .Concat(Statements()),
        isHeld);

    /// <summary>Whether all of it may be kept for all that it is kept for.</summary>
    public bool IsKept(Func<ContentField, StatedFor, bool> mayKeep) => Statements().All(statement => statement.For.Count > 0 && statement.For.All(stated => mayKeep(statement.Field, stated)));

    /// <summary>All of it, as a hold keeps it, to be read for what it may be kept for only.</summary>
    public ContactContent ReadOnlyFor(Func<ContentField, StatedFor, bool> mayKeep) => Of(Filter(mayKeep), isHeld: true);

    /// <summary>What is left of it where it may be kept for this only.</summary>
    public ContactContent KeptOnlyFor(Func<ContentField, StatedFor, bool> mayKeep) => Of(Filter(mayKeep).Where(statement => statement.For.Count > 0));

    /// <summary>The newest statement of each field is on top, and what older ones are still for is below.</summary>
    private static ContactContent Of(IEnumerable<ContactStatement> statements, bool isHeld = false) =>
        Layer([.. statements.GroupBy(statement => statement.Field).Select(ofField => Latest(ofField, isHeld))]) ?? Empty;

    /// <summary>A purpose has its latest statement, and older ones for as long as they may outlast it. Of the same instant the one that comes first here counts.</summary>
    private static Queue<ContactStatement> Latest(IEnumerable<ContactStatement> ofField, bool isHeld)
    {
        Queue<ContactStatement> latest = [];
        List<StatedFor> told = [];
        foreach (var statement in ofField.OrderByDescending(statement => statement.At))
        {
            List<StatedFor> own = [.. statement.For.Where(stated => !told.Exists(newer => newer.Outlasts(stated))).OrderBy(stated => stated.Purpose)];
            told.AddRange(own);
            // What a hold alone keeps is for no purpose.
            if (own.Count > 0 || isHeld)
            {
                latest.Enqueue(statement with { For = own });
            }
        }

        return latest;
    }

    private static ContactContent? Layer(List<Queue<ContactStatement>> byField)
    {
        List<ContactStatement> top = [.. byField.Where(statements => statements.Count > 0).Select(statements => statements.Dequeue())];
        if (top.Count == 0)
        {
            return null;
        }

        return new(
            top.Aggregate(InteractionContent.Empty, (content, statement) => statement.Value.Over(content)),
            top.ToDictionary(statement => statement.Field.Path(), statement => statement.At),
            top.ToDictionary(statement => statement.Field.Path(), statement => (IReadOnlyList<Purpose>)[.. statement.For.Select(stated => stated.Purpose).Distinct()]))
        {
            Sources = top.Exists(statement => statement.Source.Length > 0) ? top.Where(statement => statement.Source.Length > 0).ToDictionary(statement => statement.Field.Path(), statement => statement.Source) : null,
            Proofs = top.ToDictionary(statement => statement.Field.Path(), statement => statement.For),
            Older = Layer(byField),
        };
    }

    private static InteractionContent Only(ContentField field, InteractionContent content) => content.Keep(default(FieldSet).With(field));

    private IEnumerable<ContactStatement> Filter(Func<ContentField, StatedFor, bool> mayKeep) =>
        Statements().Select(statement => statement with { For = [.. statement.For.Where(stated => mayKeep(statement.Field, stated))] });

    private IEnumerable<ContactStatement> Statements() => Content.Fields().Members()
        .Select(field => new ContactStatement(field, Only(field, Content), SeenAt.GetValueOrDefault(field.Path()), ForWhat(field.Path()), Sources?.GetValueOrDefault(field.Path()) ?? ""))
        .Concat(Older?.Statements() ?? []);

    private IReadOnlyList<StatedFor> ForWhat(string path) =>
        Proofs?.GetValueOrDefault(path) ?? [.. KeptFor.GetValueOrDefault(path, []).Select(purpose => new StatedFor(purpose, Proof: null))];
}
