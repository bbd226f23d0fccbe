using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MLNet.Transformers.Serving.Models;

/// <summary>
/// Hears in the log that the pool could not reload a model: its loaders tell nobody else, and a service that still answers
/// by the old model should say so.
/// </summary>
internal sealed class ReloadErrors : ILoggerProvider
{
    /// <summary>The categories of a pool's loaders begin with one of these.</summary>
    public static IReadOnlyList<string> Categories { get; } = ["Microsoft.Extensions.ML", typeof(PolledModelFile).FullName!];

    private volatile ModelFailure? latest;

    /// <summary>The latest error of any pool.</summary>
    public ModelFailure? Latest => latest;

    public ILogger CreateLogger(string categoryName) =>
        Categories.Any(category => categoryName.StartsWith(category, StringComparison.Ordinal)) ? new Listener(this) : NullLogger.Instance;

    public void Dispose()
    {
    }

    private sealed class Listener(ReloadErrors errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.latest = new ModelFailure(DateTimeOffset.UtcNow, $"{formatter(state, exception)}: {exception?.Message}");
            }
        }
    }
}
