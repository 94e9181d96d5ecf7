using System.Threading.Channels;
using Grpc.Core;
using Grpc.Net.Client;
using Tracker.Contracts.V1;
using Tracker.Server.Import.Mappings;
using Tracker.Server.Import.Rows;
using Tracker.Server.Import.Sending;
using Tracker.Server.Import.Shifts;

namespace Tracker.Server.Import;

/// <summary>One import from the first look at the files to the summary.</summary>
internal sealed class Importer
{
    // Batches read ahead of the window; more would only take memory.
    private const int ReadAhead = 2;

    // An answer lists the grants of up to 1,000 interactions.
    private const int LargestAnswer = 16 * 1024 * 1024;

    private readonly ImportSettings _settings;
    private readonly TimeProvider _time;
    private readonly ImportTally _tally = new();
    private readonly List<string> _warnings = [];
    private Shift _shift = Shift.None;

    public Importer(ImportSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        Progress = new ImportProgress(_tally, time);
    }

    public ImportProgress Progress { get; }

    public async Task<ImportSummary> RunAsync(CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        string? problem = null;
        var isCancelled = false;
        int? refusedWith = null;

        try
        {
            var files = SourceFile.Check(_settings.Files);
            var mapping = await MappingSource.GetAsync(_settings.Mapping, cancellation);
            var rows = new RowReader(files, mapping);
            var scan = await new ImportScanner(rows, mapping).ScanAsync(Progress.Scan, cancellation);
            _shift = await ChooseShiftAsync(files, mapping, scan, cancellation);

            Progress.Start(scan.Rows);
            problem = await DeliverAsync(new GroupReader(rows, mapping, scan), new GroupMapper(mapping, _shift.Span), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            isCancelled = true;
            problem = _tally.Snapshot().Waiting;
        }
        catch (ImportRefusedException refusal)
        {
            (problem, refusedWith) = (refusal.Message, refusal.ExitCode);
        }

        return new ImportSummary(_tally.Snapshot(), _shift, _time.GetElapsedTime(started), isCancelled, problem, _warnings)
        {
            RefusedWith = refusedWith,
            FailsOnInvalid = _settings.FailsOnInvalid,
        };
    }

    private async Task<Shift> ChooseShiftAsync(
        IReadOnlyList<SourceFile> files,
        ImportMapping mapping,
        ImportScan scan,
        CancellationToken cancellation)
    {
        var digests = new List<byte[]>();
        foreach (var file in files)
        {
            digests.Add(await file.DigestAsync(cancellation));
        }

        var memory = ShiftMemory.For(_settings.StateFolder, mapping.Name, _settings.Server, digests);
        var choice = new ShiftChoice(memory, _time);
        var shift = await choice.ChooseAsync(_settings.Shift ?? mapping.Shift, _settings.ShiftWeeks, scan.Newest, cancellation);
        if (choice.Warning is { } warning)
        {
            _warnings.Add(warning);
        }

        return shift;
    }

    private async Task<string?> DeliverAsync(GroupReader groups, GroupMapper mapper, CancellationToken cancellation)
    {
        var batches = System.Threading.Channels.Channel.CreateBounded<ImportBatch>(new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });
        using var channel = GrpcChannel.ForAddress(_settings.Server, new GrpcChannelOptions { MaxReceiveMessageSize = LargestAnswer });
        var sender = new StreamSender(
            new InteractionService.InteractionServiceClient(channel),
            new SendSettings(_settings.Server, Headers(), _settings.GiveUpAfter),
            _tally,
            _time);

        var reading = ReadAsync(groups, mapper, batches.Writer, cancellation);
        var problem = await sender.SendAsync(batches.Reader, cancellation);
        return await reading ?? problem;
    }

    /// <returns>Why reading ended before the end of the files; null if it did not.</returns>
    private async Task<string?> ReadAsync(
        GroupReader groups,
        GroupMapper mapper,
        ChannelWriter<ImportBatch> batches,
        CancellationToken cancellation)
    {
        try
        {
            await FillAsync(groups, mapper, batches, cancellation);
            return null;
        }
        catch (ImportRefusedException problem)
        {
            return problem.Message;
        }
        finally
        {
            // What was read before a problem is still delivered.
            batches.Complete();
        }
    }

    private async Task FillAsync(
        GroupReader groups,
        GroupMapper mapper,
        ChannelWriter<ImportBatch> batches,
        CancellationToken cancellation)
    {
        var batcher = new Batcher(_settings.BatchSize);

        await foreach (var group in groups.ReadAsync(_tally.Read, cancellation))
        {
            if (Add(mapper.Map(group), batcher) is { } full)
            {
                await batches.WriteAsync(full, cancellation);
            }
        }

        if (batcher.Take() is { } rest)
        {
            await batches.WriteAsync(rest, cancellation);
        }
    }

    private ImportBatch? Add(MappedGroup group, Batcher batcher)
    {
        switch (group)
        {
            case MappedGroup.Ready ready:
                return batcher.Add(ready.Interaction, new RowPlace(ready.First.File, ready.First.Line));
            case MappedGroup.Skipped skipped:
                _tally.Skipped(skipped.Reason);
                return null;
            case MappedGroup.Bad bad:
                _tally.Bad(bad.Cells);
                return null;
            default:
                throw new InvalidOperationException($"Unknown {group.GetType().Name}.");
        }
    }

    private Metadata Headers() =>
        _settings.ApiKey is { } key ? new Metadata { { "authorization", $"Bearer {key}" } } : [];
}
