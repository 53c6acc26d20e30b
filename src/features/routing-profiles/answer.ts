import { arnOf } from '../../operations/arn.ts';
import type { Instance } from '../../operations/instance.ts';
import type { RoutingProfile } from './types.ts';

/** What DescribeRoutingProfile and SearchRoutingProfiles answer alike. */
export const shownProfile = (instance: Instance, profile: RoutingProfile) => ({
  InstanceId: instance.id,
  RoutingProfileId: profile.id,
  RoutingProfileArn: arnOf(instance, 'routing-profile', profile.id),
  Name: profile.name,
  Description: profile.description,
  DefaultOutboundQueueId: profile.defaultOutboundQueueId,
  MediaConcurrencies: [...profile.mediaConcurrencies],
  IsDefault: profile.isDefault,
  Tags: profile.tags,
});
