namespace Microsoft.ML.Internal;

/// <summary>What a getter says when its cursor stands on no row.</summary>
internal static class CursorState
{
    public static Exception ExceptNoRow(IExceptionContext context) => context.Except(
        "Values cannot be fetched at this time. This method was called either before the first call to MoveNext, "
        + "or at any point after that method returned false.");
}
