namespace Tracker.Core.Policies;

/// <summary>A contract that goes on by itself, as facts tell it: an account, a membership, a subscription.</summary>
/// <param name="Begun">When it last began.</param>
/// <param name="Ended">When it last ended.</param>
/// <param name="Shown">
/// The first act that shows one whose beginning nobody has told: a sign-in, a card. After an end it shows nothing: an old card at
/// a till that does not know is no will to join again.
/// </param>
public readonly record struct StandingContract(DateTimeOffset? Begun, DateTimeOffset? Ended, DateTimeOffset? Shown = null)
{
    /// <summary>From when until when it ran last; null: nothing is known of one.</summary>
    public Validity? Runs => First is null ? null : HasBegunAnew ? new(Begun, null) : new(First, Ended);

    private DateTimeOffset? First => Begun is null || Shown < Begun ? Shown ?? Begun : Begun;

    private bool HasBegunAnew => Begun > Ended;

    /// <summary>It had ended and not begun anew; one of which nothing is known is neither open nor over.</summary>
    public bool IsOver(DateTimeOffset instant) => Ended <= instant && !(HasBegunAnew && Begun <= instant);

    public bool IsOpen(DateTimeOffset instant) => Ended is null ? First <= instant : HasBegunAnew && Begun <= instant;
}
