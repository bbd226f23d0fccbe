using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ML;
using MLNet.Transformers.Serving.Models;

namespace MLNet.Transformers.Serving;

/// <summary>Adds to a pool a model whose file may be replaced in any way.</summary>
public static class ServingPoolBuilderExtensions
{
    /// <summary>The default model is in a file that is looked at every <paramref name="period"/>.</summary>
    /// <remarks>
    /// Without a period the pool of Microsoft.Extensions.ML listens to the file system for writes, and with version 5.0.0 it hears
    /// neither of a file that was moved over the old one nor of a link that points elsewhere; and if it reads a file of which only
    /// half was written, its engines stay with the old model for good. A file that is looked at may come in any way; it is loaded
    /// when it has stayed the same for a period.
    /// </remarks>
    /// <param name="builder">The pool.</param>
    /// <param name="filePath">The file.</param>
    /// <param name="watchForChanges">Whether it is looked at again after the start.</param>
    /// <param name="period">How often; a new model is served after two to three of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is not greater than zero.</exception>
    public static PredictionEnginePoolBuilder<TData, TPrediction> FromFile<TData, TPrediction>(
        this PredictionEnginePoolBuilder<TData, TPrediction> builder, string filePath, bool watchForChanges, TimeSpan period)
        where TData : class
        where TPrediction : class, new() =>
        builder.FromFile("", filePath, watchForChanges, period);

    /// <summary>The model of a name is in a file that is looked at every <paramref name="period"/>.</summary>
    /// <param name="builder">The pool.</param>
    /// <param name="modelName">The name; empty for the default model.</param>
    /// <param name="filePath">The file.</param>
    /// <param name="watchForChanges">Whether it is looked at again after the start.</param>
    /// <param name="period">How often; a new model is served after two to three of them.</param>
    /// <inheritdoc cref="FromFile{TData, TPrediction}(PredictionEnginePoolBuilder{TData, TPrediction}, string, bool, TimeSpan)" path="/remarks|/exception"/>
    public static PredictionEnginePoolBuilder<TData, TPrediction> FromFile<TData, TPrediction>(
        this PredictionEnginePoolBuilder<TData, TPrediction> builder, string modelName, string filePath, bool watchForChanges, TimeSpan period)
        where TData : class
        where TPrediction : class, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(modelName);
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        builder.Services.AddTransient<PolledModelFile>();
        builder.Services.AddOptions<PredictionEnginePoolOptions<TData, TPrediction>>(modelName).Configure<PolledModelFile>((options, file) =>
        {
            file.Start(filePath, watchForChanges, period);
            options.ModelLoader = file;
        });
        return builder;
    }
}
