import { useTranslation } from 'react-i18next';
import type { TaskEvaluation } from '../api/types';
import { useMoment } from '../ui/time';

type Row = 'solved' | 'causeConfirmed' | 'sourceCategory' | 'effect' | 'measured' | 'ecologicalBenefit' | 'satisfaction' | 'lessons' | 'draw' | 'ticket';

/** What the post-evaluation has recorded: the figures, the effect by data, the draw. */
export function Evaluation({ evaluation }: { evaluation: TaskEvaluation }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { effect, draw } = evaluation;
  const figures: NonNullable<TaskEvaluation['figures']> = evaluation.figures ?? {};
  const yes = (value: boolean) => t(value ? 'item.yes' : 'item.no');
  const rows: [Row, string | null | undefined][] = [
    ['solved', figures.solved == null ? null : yes(figures.solved)],
    ['causeConfirmed', figures.causeConfirmed == null ? null : yes(figures.causeConfirmed)],
    ['sourceCategory', figures.sourceCategory],
    ['effect', figures.effect],
    [
      'measured',
      effect &&
        [
          t(effect.isEffective ? 'evaluation.effective' : 'evaluation.notEffective', { below: effect.below }),
          `${moment(effect.from)} – ${moment(effect.to)}`,
          t('evaluation.readings', { count: effect.readings, maximum: effect.maximum ?? '–', gaps: effect.gaps }),
        ].join(' · '),
    ],
    ['ecologicalBenefit', figures.ecologicalBenefit],
    ['satisfaction', figures.satisfaction == null ? null : `${figures.satisfaction} / 5`],
    ['lessons', figures.lessons],
    ['draw', draw && `${t(draw.isDrawn ? 'evaluation.drawn' : 'evaluation.notDrawn')} · ${t(`evaluation.reason.${draw.reason}`, { rate: draw.rate })}`],
    ['ticket', draw?.ticket],
  ];
  return (
    <section className="card" aria-labelledby="task-evaluation">
      <h2 className="section-title" id="task-evaluation">
        {t('evaluation.title', { round: evaluation.round })}
      </h2>
      <dl className="values">
        {rows.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{t(`evaluation.${name}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}
