using Microsoft.Extensions.Logging;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>Tells in one line that MongoDB is away, with what it failed with, and in one that it is back. Messages of faults are told nowhere: they may quote documents.</summary>
internal sealed partial class StoreOutage(StoreMetrics metrics, ILogger logger)
{
    private readonly Lock _change = new();
    private bool _isAway;

    public void Begin(Exception? fault, TimeSpan breakFor)
    {
        lock (_change)
        {
            if (!_isAway)
            {
                _isAway = true;
                metrics.Answers(false);
                LogAway(new FaultTypes(fault), breakFor);
            }
        }
    }

    public void End()
    {
        lock (_change)
        {
            if (_isAway)
            {
                _isAway = false;
                metrics.Answers(true);
                LogBack();
            }
        }
    }

    public void Failed(Exception fault) => LogFailed(new FaultTypes(fault));

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "MongoDB does not answer ({Types}): calls are refused, and it is asked again every {Duration}")]
    private partial void LogAway(FaultTypes types, TimeSpan duration);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Information, Message = "MongoDB answers again")]
    private partial void LogBack();

    [LoggerMessage(EventId = 5003, Level = LogLevel.Debug, Message = "MongoDB did not serve a call: {Types}")]
    private partial void LogFailed(FaultTypes types);
}
