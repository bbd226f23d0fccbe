namespace Microsoft.ML.Runtime;

/// <summary>Cancellation as a component asks for it.</summary>
internal static class HostExtensions
{
    public static void CheckAlive(this IHostEnvironment environment)
    {
        if (environment is ICancelable { IsCanceled: true })
            throw environment.Process(new OperationCanceledException("Operation was canceled."));
    }
}
