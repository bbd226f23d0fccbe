using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.ML;

/// <summary>Passes on what the context says.</summary>
internal sealed partial class ContextLogging(ILogger<MLContext> logger) : IPostConfigureOptions<MLOptions>
{
    public void PostConfigure(string name, MLOptions options) => options.MLContext.Log += (_, entry) => Pass(entry.Message);

    [LoggerMessage(0, LogLevel.Trace, "{Message}", SkipEnabledCheck = false)]
    private partial void Pass(string message);
}
