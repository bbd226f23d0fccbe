using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>How a task answers rows: what they make of a row, a model's answers, and the columns of these.</summary>
/// <typeparam name="TModel">The model, with what makes its inputs.</typeparam>
/// <typeparam name="TRow">What the model takes of a row to answer.</typeparam>
/// <typeparam name="TPrediction">What it answers.</typeparam>
internal interface IAnsweringTask<TModel, TRow, TPrediction>
{
    IReadOnlyList<InputColumn> Inputs { get; }

    IReadOnlyList<OutputColumn> Outputs { get; }

    /// <summary>Reads the row that <paramref name="row"/> stands on, to answer it.</summary>
    Func<TRow> CreateReader(DataViewRow row, TModel model);

    /// <summary>How much of a batch a row takes, such as its tokens.</summary>
    int LengthOf(TRow row);

    /// <summary>The model's answers, in the order of the rows.</summary>
    TPrediction[] Predict(TModel model, IReadOnlyList<TRow> rows);

    /// <summary>The <see cref="ValueGetter{TValue}"/> of that output.</summary>
    Delegate CreateGetter(OutputColumn column, Func<TPrediction> current);
}
