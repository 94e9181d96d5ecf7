using Microsoft.Extensions.Time.Testing;
using Tracker.Server.Import.Mappings;
using Tracker.Server.Import.Shifts;

namespace Tracker.Server.Tests.Import;

public sealed class ShiftTests : IDisposable
{
    private static readonly Uri Server = new("http://127.0.0.1:5081");
    private static readonly DateTimeOffset Newest = new(2011, 3, 31, 18, 55, 0, TimeSpan.Zero);

    private readonly Workspace _files = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2011, 4, 15, 0, 0, 0, TimeSpan.Zero));
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("2011-04-01", 0)]
    [InlineData("2011-04-07", 0)]
    [InlineData("2011-04-08", 1)]
    [InlineData("2011-04-14", 1)]
    [InlineData("2011-04-15", 2)]
    [InlineData("2011-03-31", -1)]
    [InlineData("2011-03-25", -1)]
    [InlineData("2011-03-24", -2)]
    public void The_newest_row_becomes_yesterday_at_the_latest(string today, int weeks)
    {
        var now = DateTimeOffset.Parse($"{today}T23:59:59Z", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(weeks, ShiftArithmetic.WholeWeeks(Newest, now));
    }

    [Fact]
    public async Task A_later_import_of_the_same_files_repeats_the_shift()
    {
        var first = await ChooseAsync(Memory());
        _time.Advance(TimeSpan.FromDays(21));

        var second = await ChooseAsync(Memory());

        Assert.Equal(new Shift(2, ShiftOrigin.Computed), first);
        Assert.Equal(new Shift(2, ShiftOrigin.Remembered), second);
    }

    [Fact]
    public async Task Other_contents_servers_and_mappings_are_other_imports()
    {
        await ChooseAsync(Memory());
        _time.Advance(TimeSpan.FromDays(7));

        Assert.Equal(3, (await ChooseAsync(Memory(digest: 2))).Weeks);
        Assert.Equal(3, (await ChooseAsync(ShiftMemory.For(_files.State, "m", new Uri("http://other"), [[1]]))).Weeks);
        Assert.Equal(3, (await ChooseAsync(ShiftMemory.For(_files.State, "other", Server, [[1]]))).Weeks);
    }

    [Fact]
    public async Task Weeks_given_by_the_user_win_and_are_remembered()
    {
        await ChooseAsync(Memory());

        var given = await new ShiftChoice(Memory(), _time).ChooseAsync(ShiftMode.WholeWeeks, 5, Newest, _cancellation);

        Assert.Equal(new Shift(5, ShiftOrigin.Given), given);
        Assert.Equal(new Shift(5, ShiftOrigin.Remembered), await ChooseAsync(Memory()));
    }

    [Fact]
    public async Task Without_a_shift_the_times_are_kept_and_nothing_is_remembered()
    {
        var shift = await new ShiftChoice(Memory(), _time).ChooseAsync(ShiftMode.None, given: null, Newest, _cancellation);

        Assert.Equal(Shift.None, shift);
        Assert.False(Directory.Exists(_files.State));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_warning_with_the_way_out()
    {
        var blocked = _files.Write("state");
        var choice = new ShiftChoice(ShiftMemory.For(Path.Combine(blocked, "x"), "m", Server, [[1]]), _time);

        var shift = await choice.ChooseAsync(ShiftMode.WholeWeeks, given: null, Newest, _cancellation);

        Assert.Equal(2, shift.Weeks);
        Assert.Contains("--shift-weeks 2", choice.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_memory_is_forgotten()
    {
        var memory = Memory();
        Directory.CreateDirectory(_files.State);
        await File.WriteAllTextAsync(memory.File, "{", _cancellation);

        Assert.Equal(ShiftOrigin.Computed, (await ChooseAsync(memory)).Origin);
    }

    [Theory]
    [InlineData("/var/state", "/home/ada", "/var/state/tracker/imports")]
    [InlineData(null, "/home/ada", "/home/ada/.local/state/tracker/imports")]
    [InlineData("relative", "/home/ada", "/home/ada/.local/state/tracker/imports")]
    public void State_is_kept_where_the_desktop_standard_says(string? state, string home, string folder)
    {
        var environment = new Dictionary<string, string?> { ["XDG_STATE_HOME"] = state, ["HOME"] = home };

        Assert.Equal(folder, StateFolder.Find(environment.GetValueOrDefault));
    }

    private ShiftMemory Memory(byte digest = 1) => ShiftMemory.For(_files.State, "m", Server, [[digest]]);

    private Task<Shift> ChooseAsync(ShiftMemory memory) =>
        new ShiftChoice(memory, _time).ChooseAsync(ShiftMode.WholeWeeks, given: null, Newest, _cancellation);
}
