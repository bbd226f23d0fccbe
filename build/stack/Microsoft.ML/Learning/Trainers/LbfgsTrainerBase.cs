namespace Microsoft.ML.Trainers;

/// <summary>A trainer of linear models by limited-memory quasi-Newton minimisation, orthant-wise where there is an L1 penalty.</summary>
public abstract partial class LbfgsTrainerBase<TOptions, TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
    where TOptions : LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
{
    private static readonly TrainerInfo TrainerInfo = new(caching: true, supportIncrementalTrain: true);
    private readonly bool _showStatistics;

    private protected LbfgsTrainerBase(IHostEnvironment env, TOptions options, SchemaShape.Column label, bool showStatistics)
        : base(
            Contracts.CheckValue(env, nameof(env)).Register("LbfgsTrainerBase"),
            new(options.FeatureColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false),
            label,
            options.ExampleWeightColumnName is null
                ? default
                : new(options.ExampleWeightColumnName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false))
    {
        Host.CheckUserArg(options.NumberOfThreads is null or > 0, nameof(options.NumberOfThreads), "Must be positive (or empty for default)");
        Host.CheckUserArg(options.L2Regularization >= 0, nameof(options.L2Regularization), "Must be non-negative");
        Host.CheckUserArg(options.L1Regularization >= 0, nameof(options.L1Regularization), "Must be non-negative");
        Host.CheckUserArg(options.OptimizationTolerance > 0, nameof(options.OptimizationTolerance), "Must be positive");
        Host.CheckUserArg(options.HistorySize > 0, nameof(options.HistorySize), "Must be positive");
        Host.CheckUserArg(options.MaximumNumberOfIterations > 0, nameof(options.MaximumNumberOfIterations), "Must be positive");
        TrainerOptions = options;
        _showStatistics = showStatistics && !options.EnforceNonNegativity;
        if (showStatistics && options.EnforceNonNegativity)
        {
            using var channel = Host.Start("Initialization");
            channel.Warning("The training statistics cannot be computed with non-negativity constraint.");
        }
    }

    public override TrainerInfo Info => TrainerInfo;

    private protected TOptions TrainerOptions { get; }

    private protected override TModel TrainModel(IDataView data, object initialModel)
    {
        var features = data.Schema[FeatureColumn.Name].Type.GetVectorSize();
        var scores = ScoreCount(data.Schema[LabelColumn.Name].Type);
        if (features >= Array.MaxLength / scores)
        {
            throw Contracts.ExceptParam(nameof(data), "The number of model parameters which is equal to ('# of features' + 1) * '# of classes' "
                + $"should be less than or equal to {Array.MaxLength}.");
        }

        using var channel = Host.Start("Training");
        var examples = Read(data, channel);
        var initial = InitialScores(ScoresOf(initialModel, features), features, scores);
        var groups = new FeatureGroups(examples, initial);
        var optimum = Minimize(groups.Merge(examples), groups, groups.Parameters(initial), channel);
        var linear = groups.Scores(optimum.Point, scores);
        var selected = scores + linear.Weights.Length - linear.Weights.Count(0f);
        if (TrainerOptions.L1Regularization > 0 && !TrainerOptions.Quiet)
            channel.Info("L1 regularization selected {0} of {1} weights.", selected, scores + features * scores);
        return MakeModel(linear, _showStatistics ? Statistics(examples, optimum.Value, linear, selected) : null);
    }

    /// <summary>How many linear functions there are, given the type of the label.</summary>
    private protected abstract int ScoreCount(DataViewType labelType);

    private protected abstract LinearLoss MakeLoss(TrainingExamples examples, int features, int scores, ParallelVectors vectors);

    private protected abstract TModel MakeModel(LinearScores scores, ModelStatisticsBase statistics);

    /// <summary>The linear functions of the model to go on from, or null where there is none.</summary>
    private protected abstract LinearScores ScoresOf(object initialModel, int features);

    /// <summary>Twice the negative log-likelihood of the labels under their own shares.</summary>
    private protected abstract float NullDeviance(TrainingExamples examples);

    private TrainingExamples Read(IDataView data, IChannel channel)
    {
        var (featureColumn, labelColumn) = (data.Schema[FeatureColumn.Name], data.Schema[LabelColumn.Name]);
        var weightColumn = WeightColumn.IsValid ? data.Schema[WeightColumn.Name] : default(DataViewSchema.Column?);
        var examples = new TrainingExamples();
        var skipped = 0L;
        VBuffer<float> features = default;
        float label = 0, weight = 1;
        using (var cursor = data.GetRowCursor(weightColumn is { } column ? [featureColumn, labelColumn, column] : [featureColumn, labelColumn]))
        {
            var getFeatures = cursor.GetGetter<VBuffer<float>>(featureColumn);
            var getLabel = LabelGetter.Create(cursor, labelColumn);
            var getWeight = weightColumn is null ? null : cursor.GetGetter<float>(weightColumn.Value);
            while (cursor.MoveNext())
            {
                Host.CheckAlive();
                getWeight?.Invoke(ref weight);
                getFeatures(ref features);
                getLabel(ref label);
                if (weight > 0 && float.IsFinite(weight) && float.IsFinite(label) && AreFinite(features.GetValues()))
                    examples.Add(features, label, weight);
                else
                    skipped++;
            }
        }

        channel.Check(examples.Rows > 0, "No valid training instances found, all instances have missing features.");
        if (skipped > 0)
            channel.Warning("Skipped {0} instances with missing features/label/weight during training", skipped);
        return examples;
    }

    private Optimum Minimize(TrainingExamples examples, FeatureGroups groups, float[] initial, IChannel channel)
    {
        var options = TrainerOptions;
        var vectors = new ParallelVectors(options.NumberOfThreads ?? Environment.ProcessorCount);
        var scores = initial.Length / (groups.Count + 1);
        var loss = MakeLoss(examples, groups.Count, scores, vectors);
        LimitedMemoryBfgs optimizer = options.L1Regularization > 0
            ? new OrthantWiseLbfgs(loss.Evaluate, initial, options.HistorySize, vectors,
                groups.Penalties(options.L1Regularization / examples.Rows, scores), options.EnforceNonNegativity)
            : new SmoothLbfgs(loss.Evaluate, initial, options.HistorySize, vectors, options.EnforceNonNegativity);
        channel.Info("Beginning optimization");
        channel.Info("num vars: {0}", initial.Length);
        channel.Info("improvement criterion: {0}", "Mean Improvement");
        var criterion = new ImprovementCriterion(options.OptimizationTolerance, options.MaximumNumberOfIterations);
        var optimum = optimizer.Minimize(criterion, Host.CheckAlive);
        if (optimum.PrematureEnd is not null && !options.Quiet)
        {
            channel.Warning("Premature convergence occurred. The OptimizationTolerance may be set too small. {0}", optimum.PrematureEnd);
        }

        return optimum;
    }

    /// <summary>The functions to begin with: those of a model, or random, or zero.</summary>
    private LinearScores InitialScores(LinearScores model, int features, int scores)
    {
        if (model is not null)
        {
            Contracts.Check(model.Biases.Length == scores, "The initialization predictor has different number of classes than the training data.");
            Contracts.Check(model.Features == features, "The initialization predictor has different number of features than the training data.");
            return model;
        }

        if (TrainerOptions.InitialWeightsDiameter <= 0)
            return new(new float[scores], features, (_, _) => 0);
        // Drawn as ML.NET draws them: biases first, then function by function.
        var drawn = new float[scores + features * scores];
        foreach (ref var weight in drawn.AsSpan())
            weight = TrainerOptions.InitialWeightsDiameter * (Host.Rand.NextSingle() - 0.5f);
        return new(drawn[..scores], features, (feature, score) => drawn[scores + score * features + feature]);
    }

    private ModelStatisticsBase Statistics(TrainingExamples examples, float loss, LinearScores scores, int selected)
    {
        double squares = 0, absolutes = 0;
        foreach (var weight in scores.Weights)
        {
            squares += (double)weight * weight;
            absolutes += Math.Abs(weight);
        }

        var deviance = 2 * loss * examples.WeightSum
            - squares * TrainerOptions.L2Regularization - 2 * absolutes * TrainerOptions.L1Regularization;
        return new(examples.Rows, selected, (float)deviance, NullDeviance(examples));
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
            if (!float.IsFinite(value))
                return false;
        return true;
    }
}
