using Tracker.Server.Import.Mappings;

namespace Tracker.Server.Import.Shifts;

/// <summary>Chooses the shift of one import and remembers it before anything is sent.</summary>
internal sealed class ShiftChoice(ShiftMemory memory, TimeProvider time)
{
    /// <summary>Set where the choice could not be remembered.</summary>
    public string? Warning { get; private set; }

    public async Task<Shift> ChooseAsync(ShiftMode mode, int? given, DateTimeOffset? newest, CancellationToken cancellation)
    {
        if (given is null && (mode == ShiftMode.None || newest is null))
        {
            return Shift.None;
        }

        var shift = await FindAsync(given, newest, cancellation);
        if (shift.Origin != ShiftOrigin.Remembered && !await memory.TryRememberAsync(shift.Weeks, cancellation))
        {
            Warning = $"the shift could not be remembered in {Path.GetDirectoryName(memory.File)}; "
                + $"repeat this import with --shift-weeks {shift.Weeks}, or its interactions are stored twice";
        }

        return shift;
    }

    private async Task<Shift> FindAsync(int? given, DateTimeOffset? newest, CancellationToken cancellation)
    {
        if (given is { } weeks)
        {
            return new Shift(weeks, ShiftOrigin.Given);
        }

        return await memory.RecallAsync(cancellation) is { } remembered
            ? new Shift(remembered, ShiftOrigin.Remembered)
            : new Shift(ShiftArithmetic.WholeWeeks(newest!.Value, time.GetUtcNow()), ShiftOrigin.Computed);
    }
}
